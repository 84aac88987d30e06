package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An edit of the configuration that a gateway has read and does not serve yet, as it says so in its state directory; and the word of
 * somebody who may write there that it shall. Both are files, because an edit may change the very credential that a command would
 * call the gateway with.
 *
 * @param hash of the configuration, {@link ConfigDocument#hash()}
 * @param until when it is served if nothing changes, ISO 8601
 * @param reasons what it lets pass that is not let pass now, a sentence each
 */
public record HeldEdit(String hash, String until, List<String> reasons) {
    private static final String HELD = "held-edit.txt";
    private static final String ACCEPTED = "accepted-edit.txt";

    public HeldEdit {
        reasons = List.copyOf(reasons);
    }

    /** What is held by the gateway of that state directory. */
    public static Optional<HeldEdit> in(Path stateDirectory) {
        try {
            List<String> lines = Files.readAllLines(note(stateDirectory));
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new HeldEdit(lines.get(0), lines.get(1), lines.subList(2, lines.size())));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Says that it is held. */
    public void write(Path stateDirectory) throws IOException {
        List<String> lines = new ArrayList<>(List.of(hash, until));
        reasons.forEach(reason -> lines.add(reason.replaceAll("\\R", " ")));
        PrivateFile.write(String.join("\n", lines) + "\n", note(stateDirectory));
    }

    /** Where it is said. */
    public static Path note(Path stateDirectory) {
        return stateDirectory.resolve(HELD);
    }

    /** Says that the configuration with this hash is meant as it is. */
    public static void accept(String hash, Path stateDirectory) throws IOException {
        PrivateFile.write(hash + "\n", acceptance(stateDirectory));
    }

    /** Where that is said; a gateway takes the file away when it has done so. */
    public static Path acceptance(Path stateDirectory) {
        return stateDirectory.resolve(ACCEPTED);
    }

    /** The hash of what was accepted. */
    public static Optional<String> accepted(Path stateDirectory) {
        try {
            return Optional.of(Files.readString(acceptance(stateDirectory)).strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }
}
