package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Whichever items are found, and whatever they are called: each reference is there, in its place, in the contract's shape (section 3). */
class ExpandedPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectId CUSTOMER = new ObjectId();
    private static final List<ObjectId> IDS =
            List.of(new ObjectId(), new ObjectId(), new ObjectId(), new ObjectId(), new ObjectId());

    @Property(tries = 500)
    void showsEachReferenceInItsPlace(
            @ForAll("references") List<ObjectId> members,
            @ForAll("references") List<ObjectId> controllers,
            @ForAll("reference") @Nullable ObjectId target,
            @ForAll("found") Map<ObjectId, DialplanItem> found)
            throws Exception {
        Group group = Groups.of(new ObjectId(), CUSTOMER, members, controllers, target);

        JsonNode view = JSON.readTree(JSON.writeValueAsBytes(
                GroupView.of(group, id -> ExtensionRef.of(id, found.get(id)), id -> GotoRef.of(id, found.get(id)))));

        assertThat(view.get("members")).map(ExpandedPropertiesTest::fields).isEqualTo(shown(members, found));
        assertThat(view.get("controllers")).map(ExpandedPropertiesTest::fields).isEqualTo(shown(controllers, found));
        assertThat(fields(view.get("timeoutGoto"))).isEqualTo(shownGoto(target, found));
    }

    /** Keys and values in their order; a value is text or null. */
    private static List<String> fields(JsonNode object) {
        List<String> fields = new ArrayList<>();
        object.properties().forEach(field -> fields.add(field.getKey() + "=" + field.getValue()));
        return fields;
    }

    private static List<List<String>> shown(List<ObjectId> ids, Map<ObjectId, DialplanItem> found) {
        return ids.stream()
                .map(id -> {
                    DialplanItem item = found.get(id);
                    Map<String, @Nullable String> shown = new LinkedHashMap<>();
                    shown.put("_id", id.toHexString());
                    shown.put("number", item == null ? null : item.number());
                    shown.put("name", item == null ? null : item.name());
                    return fields(JSON.valueToTree(shown));
                })
                .toList();
    }

    private static List<String> shownGoto(@Nullable ObjectId id, Map<ObjectId, DialplanItem> found) {
        if (id == null) {
            return List.of();
        }
        DialplanItem item = found.get(id);
        Map<String, @Nullable String> shown = new LinkedHashMap<>();
        shown.put("_id", id.toHexString());
        shown.put("type", item == null ? null : item.type());
        shown.put("number", item == null ? null : item.number());
        shown.put("name", item == null ? null : item.name());
        return fields(JSON.valueToTree(shown));
    }

    @Provide
    Arbitrary<List<ObjectId>> references() {
        return Arbitraries.of(IDS).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<@Nullable ObjectId> reference() {
        return Arbitraries.of(IDS).injectNull(0.2);
    }

    @Provide
    Arbitrary<Map<ObjectId, DialplanItem>> found() {
        Arbitrary<@Nullable String> text =
                Arbitraries.strings().all().ofMaxLength(20).injectNull(0.3);
        return Arbitraries.of(IDS)
                .set()
                .flatMap(ids -> text.list().ofSize(3 * IDS.size()).map(texts -> {
                    Map<ObjectId, DialplanItem> found = new HashMap<>();
                    for (ObjectId id : ids) {
                        int first = 3 * found.size();
                        found.put(
                                id,
                                PlainDialplan.item(
                                        id, texts.get(first), CUSTOMER, texts.get(first + 1), texts.get(first + 2)));
                    }
                    return found;
                }));
    }
}
