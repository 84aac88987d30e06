package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The accounts of this machine, as its two files have them: whether a group is the private one of its user, which many systems
 * make with each user, and by which new files can be written. What only a directory service knows is not private.
 */
record LocalGroups(Path passwd, Path group) {
    static final LocalGroups OF_SYSTEM = new LocalGroups(Path.of("/etc/passwd"), Path.of("/etc/group"));

    private static final int ID = 2;
    private static final int GROUP_OF_USER = 3;
    private static final int MEMBERS = 3;

    /** Whether the group has the name of the user, and nobody but that user in it. */
    boolean isPrivate(int group, int user) {
        String id = Integer.toUnsignedString(group);
        String owner = Integer.toUnsignedString(user);
        try {
            List<String[]> users = fields(passwd);
            List<String> names = users.stream()
                    .filter(line -> line[ID].equals(owner))
                    .map(line -> line[0])
                    .toList();
            List<String[]> groups = fields(this.group).stream()
                    .filter(line -> line[ID].equals(id))
                    .toList();
            return !groups.isEmpty()
                    && groups.stream().allMatch(line -> names.contains(line[0]) && names.containsAll(members(line)))
                    && users.stream()
                            .filter(line -> line[GROUP_OF_USER].equals(id))
                            .allMatch(line -> line[ID].equals(owner));
        } catch (IOException unknown) {
            return false;
        }
    }

    private static List<String> members(String[] line) {
        return Arrays.stream(line[MEMBERS].split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<String[]> fields(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .map(line -> line.split(":", -1))
                .filter(line -> line.length > MEMBERS)
                .toList();
    }
}
