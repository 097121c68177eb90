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
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Whatever is stored, an item can be read: what has another type than it should is null (contract, section 3). */
class StoredItemPropertiesTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void takesWhatIsOddForNothing(@ForAll("fields") List<Map.Entry<String, BsonValue>> fields) {
        ObjectId id = new ObjectId();
        DialplanItem item = PlainDialplan.item(id, StoredValues.document(fields));

        assertThat(item.id()).isEqualTo(id);
        assertThat(item.type()).isEqualTo(text(fields, "type"));
        BsonValue customer = meant(fields, "customer", BsonType.OBJECT_ID);
        assertThat(item.customer())
                .isEqualTo(customer == null ? null : customer.asObjectId().getValue());
        assertThat(item.number()).isEqualTo(text(fields, "number"));
        assertThat(item.name()).isEqualTo(text(fields, "name"));
    }

    private static @Nullable String text(List<Map.Entry<String, BsonValue>> fields, String name) {
        BsonValue text = meant(fields, name, BsonType.STRING);
        return text == null ? null : text.asString().getValue();
    }

    /** Of several values the last one counts, unless one of them is odd. */
    private static @Nullable BsonValue meant(
            List<Map.Entry<String, BsonValue>> fields, String name, BsonType expected) {
        boolean odd = fields.stream()
                .filter(field ->
                        field.getKey().equals(name) && !field.getValue().isNull())
                .anyMatch(field -> field.getValue().getBsonType() != expected);
        return odd ? null : StoredValues.meant(fields).get(name);
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
