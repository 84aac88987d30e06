package dev.portcullis.gateway.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in a configuration: {@code gateway.tools.deny[0]}, {@code plugins.entries."my.plugin".config}. */
record ConfigPath(List<String> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\G(?:^|\\.|(?=\\[))(?:\"([^\"]+)\"|\\[(\\d{1,9})]|([^.\\[\\]\"]+))");

    ConfigPath {
        steps = List.copyOf(steps);
    }

    /** A value that is there; it may be null. */
    record Found(@Nullable Object value) {}

    static ConfigPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 0;
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    steps.add(matcher.group(group));
                }
            }
            end = matcher.end();
        }
        if (steps.isEmpty() || end != text.length()) {
            throw CliException.usage("\"" + Printable.line(text)
                    + "\" is not a configuration path: use names joined by dots, such as gateway.tools.deny[0]");
        }
        return new ConfigPath(steps);
    }

    Optional<Found> find(@Nullable Object root) {
        Object value = root;
        for (String step : steps) {
            if (value instanceof Map<?, ?> map && map.containsKey(step)) {
                value = map.get(step);
            } else if (value instanceof List<?> list && isIndexOf(step, list)) {
                value = list.get(Integer.parseInt(step));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Found(value));
    }

    /** The path with its first unknown name replaced by a known one that looks like it. */
    Optional<String> nearest(Map<String, Object> root) {
        Object value = root;
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            if (!(value instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            if (!map.containsKey(step)) {
                String before = String.join(".", steps.subList(0, i));
                return map.keySet().stream()
                        .map(String::valueOf)
                        .filter(known -> alike(known, step))
                        .findFirst()
                        .map(known -> before.isEmpty() ? known : before + "." + known);
            }
            value = map.get(step);
        }
        return Optional.empty();
    }

    private static boolean isIndexOf(String step, List<?> list) {
        return step.length() <= 9
                && step.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(step) < list.size();
    }

    private static boolean alike(String known, String asked) {
        String one = known.toLowerCase(Locale.ROOT);
        String other = asked.toLowerCase(Locale.ROOT);
        return one.startsWith(other) || other.startsWith(one) || distance(one, other) <= 2;
    }

    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
