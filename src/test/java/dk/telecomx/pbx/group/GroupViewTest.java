package dk.telecomx.pbx.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.telecomx.pbx.Fixtures;
import dk.telecomx.pbx.dialplan.DialplanItem;
import dk.telecomx.pbx.dialplan.PlainDialplan;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesEveryKeyInTheContractsOrder() throws JsonProcessingException {
        GroupView group = new GroupView(
                Fixtures.SUPPORT.toHexString(),
                "GROUP",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                true,
                false,
                true,
                false,
                true,
                false,
                true,
                false,
                true,
                false,
                true,
                "RANDOM",
                0,
                null);

        assertThat(json(group))
                .isEqualTo("{\"_id\":\"5f0acc000000000000000021\",\"type\":\"GROUP\",\"customer\":null,\"name\":null,"
                        + "\"number\":null,\"startAudio\":null,\"redirect\":null,\"notes\":null,"
                        + "\"members\":[],\"controllers\":[],"
                        + "\"pickup\":true,\"steal\":false,\"spy\":true,\"setPresence\":false,\"queueMember\":true,"
                        + "\"viewOtherParty\":false,\"sms\":true,\"readCalendar\":false,\"writeCalendar\":true,"
                        + "\"readPhonebook\":false,\"writePhonebook\":true,"
                        + "\"strategy\":\"RANDOM\",\"ringTime\":0,\"timeoutGoto\":null}");
    }

    @Test
    void writesAReferenceAsItsIdInLowerCase() throws JsonProcessingException {
        assertThat(json(Reference.Id.of(Fixtures.ANNA))).isEqualTo("\"5f0acc000000000000000011\"");
    }

    @Test
    void writesAnExpandedExtension() throws JsonProcessingException {
        DialplanItem anna = PlainDialplan.item(Fixtures.ANNA, "EXTENSION", Fixtures.ACME, "101", "Anna");

        assertThat(json(Reference.Extension.of(Fixtures.ANNA, anna)))
                .isEqualTo("{\"_id\":\"5f0acc000000000000000011\",\"number\":\"101\",\"name\":\"Anna\"}");
        assertThat(json(Reference.Extension.of(Fixtures.ANNA, null)))
                .isEqualTo("{\"_id\":\"5f0acc000000000000000011\",\"number\":null,\"name\":null}");
    }

    @Test
    void writesAnExpandedGoto() throws JsonProcessingException {
        DialplanItem queue = PlainDialplan.item(Fixtures.QUEUE, "QUEUE", Fixtures.ACME, null, "Evening");

        assertThat(json(Reference.Goto.of(Fixtures.QUEUE, queue)))
                .isEqualTo(
                        "{\"_id\":\"5f0acc000000000000000015\",\"type\":\"QUEUE\",\"number\":null,\"name\":\"Evening\"}");
        assertThat(json(Reference.Goto.of(Fixtures.QUEUE, null)))
                .isEqualTo("{\"_id\":\"5f0acc000000000000000015\",\"type\":null,\"number\":null,\"name\":null}");
    }

    private static String json(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }
}
