package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests and files that the documents name are there. */
class DocumentsTest {

    /** A class of tests, a method of it after a dot, or a method of the class named last, also after a dot. */
    private static final Pattern NAMED =
            Pattern.compile("`(?=[A-Z.])(?<test>[A-Z][A-Za-z0-9]*(?:Test|IT))?(?:\\.(?<method>[a-z][A-Za-z0-9]*))?`");

    private static final Pattern FILE =
            Pattern.compile("`(?<file>[A-Za-z0-9_./-]+(?:\\.(?:java|yaml|properties|md|json|csv|env|jvm)))`");

    @ParameterizedTest
    @ValueSource(strings = {"docs/security.md", "docs/contract-tests.md"})
    void nameTestsThatAreThere(String document) throws IOException {
        Map<String, String> sources = sources();
        Matcher named = NAMED.matcher(Files.readString(Path.of(document), UTF_8));
        String test = "";
        int names = 0;
        while (named.find()) {
            test = named.group("test") == null ? test : named.group("test");
            assertThat(sources).as(document).containsKey(test);
            if (named.group("method") != null) {
                assertThat(sources.get(test)).as("%s: %s", document, test).contains(" " + named.group("method") + "(");
            }
            names++;
        }
        assertThat(names).isPositive();
    }

    @Test
    void nameFilesThatAreThere() throws IOException {
        List<String> files = files();
        Matcher named = FILE.matcher(Files.readString(Path.of("docs/architecture.md"), UTF_8));
        int names = 0;
        while (named.find()) {
            String name = named.group("file");
            assertThat(files).as(name).anyMatch(file -> file.endsWith("/" + name));
            names++;
        }
        assertThat(names).isPositive();
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (String folder : List.of("src", "docs", "k8s")) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.forEach(file -> files.add("/" + file));
            }
        }
        try (Stream<Path> found = Files.list(Path.of("."))) {
            found.forEach(file -> files.add("/" + file.getFileName()));
        }
        return files;
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file, UTF_8));
            }
        }
        return sources;
    }
}
