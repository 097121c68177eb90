package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.StoredValues;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import dk.telecomx.pbx.error.Failure.GroupUnreadable;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/** Whatever is stored, a group has the contract's shape or is unreadable, as the contract's table of types says (section 3). */
class StoredGroupPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void givesTheContractsShapeOrIsUnreadable(@ForAll("fields") List<Map.Entry<String, BsonValue>> fields)
            throws Exception {
        ObjectId id = new ObjectId();
        RawBsonDocument stored = StoredValues.document(fields);
        BsonDocument meant = StoredValues.meant(fields);

        DialplanItem group = PlainDialplan.item(id, stored);

        assertThat("GROUP".equals(group.type())).isEqualTo(StoredDocuments.isGroup(meant));
        Group read;
        try {
            read = Group.of(group);
        } catch (GroupUnreadable unreadable) {
            assertThat(unreadable.getMessage()).contains(id.toHexString());
            assertThat(StoredDocuments.isReadable(fields))
                    .as("%s: %s", unreadable.getMessage(), fields)
                    .isFalse();
            return;
        }
        assertThat(StoredDocuments.isReadable(fields)).as("read %s", fields).isTrue();
        GroupView view = GroupView.of(read, Reference.Id::of, Reference.Id::of);
        StoredDocuments.isPublished(JSON.readTree(JSON.writeValueAsBytes(view)), id, meant);
    }

    @Provide
    Arbitrary<List<Map.Entry<String, BsonValue>>> fields() {
        return StoredDocuments.fields();
    }
}
