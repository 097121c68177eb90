package dk.telecomx.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** {@code authorization.csv}: who gets which answer. Printed by {@link #main} as the README shows it. */
public final class AuthorizationTable {

    /** Between these marks the README holds what {@link #markdown} says. */
    public static final String BEGIN = "<!-- authorization:begin -->";

    public static final String END = "<!-- authorization:end -->";

    private static final String READABLE = "readable";

    /**
     * One case.
     *
     * @param relation whose the group is, as the caller sees it
     * @param group what is stored under the asked id
     * @param level a level's name, {@code unknown} or {@code none}
     * @param status the answer
     */
    public record Row(String relation, String group, String level, int status) {}

    private AuthorizationTable() {}

    /** All cases, in the file's order. */
    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> lines = lines();
        String[] head = lines.get(0).split(",", -1);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            for (int i = 2; i < head.length; i++) {
                rows.add(new Row(cells[0], cells[1], head[i], Integer.parseInt(cells[i])));
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try (InputStream csv = AuthorizationTable.class.getResourceAsStream("/authorization.csv")) {
            return new String(Objects.requireNonNull(csv).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The table as a person reads it: who may read what is there, and below it what becomes of that otherwise. */
    public static String markdown() {
        List<Row> rows = rows();
        Set<String> levels = new LinkedHashSet<>();
        Map<String, Map<String, Integer>> answers = new LinkedHashMap<>();
        for (Row row : rows) {
            levels.add(row.level());
            if (row.group().equals(READABLE)) {
                answers.computeIfAbsent(row.relation(), relation -> new LinkedHashMap<>())
                        .put(row.level(), row.status());
            }
        }
        StringBuilder text = new StringBuilder("| the group belongs to |");
        levels.forEach(level -> text.append(' ').append(level).append(" |"));
        text.append("\n|---|").append("---|".repeat(levels.size())).append('\n');
        answers.forEach((relation, statuses) -> {
            text.append("| ").append(relation).append(" |");
            levels.forEach(level -> text.append(' ').append(statuses.get(level)).append(" |"));
            text.append('\n');
        });
        text.append(
                "\n| what has that id | for 200 above | for 403 above, levels that can read | for 403 above, levels that never can |\n");
        text.append("|---|---|---|---|\n");
        otherwise(rows, answers).forEach((group, instead) -> text.append("| ")
                .append(
                        group.equals("missing")
                                ? "nothing"
                                : group.equals("unreadable") ? "an unreadable group" : "an item " + group)
                .append(" | ")
                .append(String.join(" | ", instead))
                .append(" |\n"));
        return text.toString();
    }

    private static Map<String, List<String>> otherwise(List<Row> rows, Map<String, Map<String, Integer>> answers) {
        Set<String> reading = new LinkedHashSet<>();
        answers.values()
                .forEach(statuses -> statuses.forEach((level, status) -> {
                    if (status == 200) {
                        reading.add(level);
                    }
                }));
        Map<String, List<Set<String>>> found = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.group().equals(READABLE)) {
                Integer readable =
                        Objects.requireNonNull(answers.get(row.relation())).get(row.level());
                int column = Objects.equals(readable, 200) ? 0 : reading.contains(row.level()) ? 1 : 2;
                found.computeIfAbsent(row.group(), group -> List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()))
                        .get(column)
                        .add(Integer.toString(row.status()));
            }
        }
        Map<String, List<String>> joined = new LinkedHashMap<>();
        found.forEach((group, columns) -> joined.put(
                group,
                columns.stream().map(statuses -> String.join(" or ", statuses)).toList()));
        return joined;
    }

    /** Prints the table with its marks, to be pasted. */
    public static void main(String... args) {
        System.out.print(BEGIN + "\n" + markdown() + END + "\n");
    }
}
