package dk.telecomx.pbx.dialplan;

import static org.assertj.core.api.Assertions.assertThat;

import dk.telecomx.pbx.StoredValues;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Whatever is stored, an item can be read: what has another type than it should is null (contract, section 3). */
class StoredItemPropertiesTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void takesWhatIsOddForNothing(@ForAll("fields") List<Map.Entry<String, BsonValue>> fields) {
        ObjectId id = new ObjectId();
        // Of several values the last one counts, also where that is odd.
        BsonDocument meant = StoredValues.meant(fields);

        DialplanItem item = PlainDialplan.item(id, StoredValues.document(fields));

        assertThat(item.id()).isEqualTo(id);
        assertThat(item.type()).isEqualTo(text(meant.get("type")));
        assertThat(item.customer()).isEqualTo(owner(meant.get("customer")));
        assertThat(item.number()).isEqualTo(text(meant.get("number")));
        assertThat(item.name()).isEqualTo(text(meant.get("name")));
    }

    private static @Nullable String text(@Nullable BsonValue value) {
        return value != null && value.isString() ? value.asString().getValue() : null;
    }

    private static @Nullable ObjectId owner(@Nullable BsonValue value) {
        return value != null && value.isObjectId() ? value.asObjectId().getValue() : null;
    }

    @Provide
    Arbitrary<List<Map.Entry<String, BsonValue>>> fields() {
        return Arbitraries.of("type", "customer", "number", "name", "members", "")
                .flatMap(name -> Arbitraries.frequencyOf(
                                Tuple.of(3, name.equals("customer") ? StoredValues.ids() : StoredValues.strings()),
                                Tuple.of(1, StoredValues.anything()))
                        .map(value -> Map.entry(name, value)))
                .list()
                .ofMaxSize(8);
    }
}
