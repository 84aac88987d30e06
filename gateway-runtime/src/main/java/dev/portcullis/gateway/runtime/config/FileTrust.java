package dev.portcullis.gateway.runtime.config;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who could have written a file that decides something: what code runs, whom the gateway believes, what its rules are. Only the
 * gateway's user and root may be able to write it, the folder it lies in, and every folder above. For all packages that read
 * such a file.
 *
 * <p>A name is followed from the root, one part after the other, without leaving it to the system to follow links. Who may not
 * write a folder cannot change what an entry of it is, so each part stays what it was found to be, and what is opened by the
 * path that comes out is what was checked: no moment lies between. In a sticky folder such as {@code /tmp} others can add
 * entries and not change ours, so an entry of ours is as safe there.
 */
public final class FileTrust {
    private static final String VOUCHED = "PORTCULLIS_TRUSTED_PATHS";
    private static final int LINKS = 40;
    private static final int KIND = 0xF000;
    private static final int LINK = 0xA000;
    private static final int FOLDER = 0x4000;
    private static final int STICKY = 0x200;
    private static final int GROUP_WRITES = 0x10;
    private static final int OTHERS_WRITE = 0x2;

    private final Set<Integer> users;
    private final LocalGroups groups;
    private final List<Path> vouched;
    private final Predicate<Path> readOnly;

    /**
     * @param users ids of those who may write, root among them
     * @param vouched folders whose writers the operator trusts, with all that lies in them
     * @param readOnly whether a path lies where it is written by nobody, whosever it is and whatever its mode
     */
    FileTrust(Set<Integer> users, LocalGroups groups, List<Path> vouched, Predicate<Path> readOnly) {
        this.users = Set.copyOf(users);
        this.groups = groups;
        this.vouched = List.copyOf(vouched);
        this.readOnly = readOnly;
    }

    private static final class OfProcess {
        static final FileTrust TRUST = of(Optional.ofNullable(System.getProperty("portcullis.home")));

        private static FileTrust of(Optional<String> distribution) {
            FileTrust trust = new FileTrust(
                    new HashSet<>(List.of(0, ProcessUser.ID)),
                    LocalGroups.OF_SYSTEM,
                    vouched(System.getenv()),
                    readOnly(ConfigEnvironment.inContainer(System.getenv())));
            return distribution.map(Path::of).map(trust::orOwnerOf).orElse(trust);
        }
    }

    /**
     * Trust in the user that this process runs as, in root, in who owns the distribution, whose code this is, and in what
     * {@code PORTCULLIS_TRUSTED_PATHS} names.
     */
    public static FileTrust ofProcess() {
        return OfProcess.TRUST;
    }

    static List<Path> vouched(Map<String, String> variables) {
        return Arrays.stream(variables.getOrDefault(VOUCHED, "").split(File.pathSeparator, -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Path.of(text).toAbsolutePath().normalize())
                .toList();
    }

    /** The same, and trust in who owns a folder: a command may be run by another user than the gateway whose files it reads. */
    public FileTrust orOwnerOf(Path folder) {
        try {
            Set<Integer> more = new HashSet<>(users);
            if (hasOwners(folder)) {
                more.add((Integer) Files.getAttribute(folder, "unix:uid"));
            }
            return new FileTrust(more, groups, vouched, readOnly);
        } catch (IOException absent) {
            return this;
        }
    }

    /**
     * The real path of a file, by which it can be opened: nobody else can put another file there.
     *
     * @throws UntrustedFileException if somebody else can, or may write it
     * @throws IOException if it is not there or cannot be examined
     */
    public Path checked(Path name) throws IOException {
        return hasOwners(name) ? followed(name.toAbsolutePath(), 0) : name.toRealPath();
    }

    /** Why a file is not to be used; nothing of what only opening it shows. */
    public Optional<UntrustedFileException> refuses(Path name) {
        try {
            checked(name);
            return Optional.empty();
        } catch (UntrustedFileException refused) {
            return Optional.of(refused);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The same of the file alone, wherever it lies: for what will be copied from there. */
    public Optional<UntrustedFileException> refusesAlone(Path file) throws IOException {
        if (hasOwners(file)) {
            Path real = file.toRealPath();
            try {
                judge(real, Entry.of(real), true);
            } catch (UntrustedFileException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** Opens what was checked. */
    public InputStream open(Path name) throws IOException {
        return Files.newInputStream(checked(name), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private Path followed(Path name, int links) throws IOException {
        if (links > LINKS) {
            throw new FileSystemException(name.toString(), null, "too many links");
        }
        if (vouched.stream().anyMatch(name.normalize()::startsWith)) {
            return name.toRealPath();
        }
        Deque<Path> rest = new ArrayDeque<>();
        name.forEach(rest::add);
        Path here = name.getRoot();
        Entry folder = judged(here, rest.isEmpty());
        while (!rest.isEmpty()) {
            Path part = rest.remove();
            if (part.toString().equals("..")) {
                Path parent = here.getParent();
                here = parent == null ? here : parent;
                folder = judged(here, rest.isEmpty());
            } else if (!part.toString().equals(".")) {
                Path there = here.resolve(part);
                Entry entry = Entry.of(there);
                if (folder.writable()) {
                    owned(there, entry, rest.isEmpty()); // others can add entries, links too
                }
                if (entry.is(LINK)) {
                    Path target = here.resolve(Files.readSymbolicLink(there));
                    return followed(rest.stream().reduce(target, Path::resolve), links + 1);
                }
                judge(there, entry, rest.isEmpty());
                here = there;
                folder = entry;
            }
        }
        return here;
    }

    private Entry judged(Path path, boolean last) throws IOException {
        Entry entry = Entry.of(path);
        judge(path, entry, last);
        return entry;
    }

    private void judge(Path path, Entry entry, boolean last) throws IOException {
        owned(path, entry, last);
        boolean safe = entry.has(STICKY) && entry.is(FOLDER) && !last;
        if (!safe && entry.has(OTHERS_WRITE) && !readOnly.test(path)) {
            throw refused(
                    path,
                    last,
                    "can be written by every user of this machine " + entry.permissions(),
                    command("chmod o-w", path));
        }
        if (!safe
                && entry.has(GROUP_WRITES)
                && !groups.isPrivate(entry.group(), entry.user())
                && !readOnly.test(path)) {
            throw refused(
                    path,
                    last,
                    "can be written by the group \"" + name(path, "unix:group") + "\" " + entry.permissions(),
                    command("chmod g-w", path));
        }
    }

    private void owned(Path path, Entry entry, boolean last) throws IOException {
        if (!users.contains(entry.user()) && (entry.is(LINK) || !readOnly.test(path))) {
            String me = ProcessUser.NAME;
            throw refused(
                    path,
                    last,
                    "belongs to the user \"" + name(path, "unix:owner") + "\", and the gateway runs as \"" + me + "\"",
                    command("chown " + me, path) + ", if you trust what is there");
        }
    }

    private static String command(String command, Path path) {
        return "Run: " + command + " " + ShellWord.quoted(path);
    }

    private static UntrustedFileException refused(Path path, boolean last, String what, String advice) {
        return new UntrustedFileException(
                path,
                last
                        ? path.getFileName() + " " + what + ". What is in it decides what the gateway does."
                        : "The folder " + path + " " + what
                                + ". Another file could be put in the place of what lies there.",
                advice + "."
                        + (ConfigEnvironment.inContainer(System.getenv())
                                ? " On a volume where that cannot be done, name the folder in " + VOUCHED + "."
                                : ""));
    }

    private static String name(Path path, String attribute) throws IOException {
        return ((java.security.Principal) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)).getName();
    }

    /**
     * What a container has read-only, as its configuration, is written by nobody in it. Elsewhere a mount proves nothing: a service of
     * systemd sees nearly everything read-only ({@code ProtectSystem=strict}), and others write there nevertheless. The mount that
     * Java finds may be the one around a folder that can be written, so that is tried, too.
     */
    static Predicate<Path> readOnly(boolean container) {
        return path -> {
            try {
                return container && Files.getFileStore(path).isReadOnly() && !Files.isWritable(path);
            } catch (IOException unknown) {
                return false;
            }
        };
    }

    private record Entry(int user, int group, int mode) {
        /** Links are not followed. */
        static Entry of(Path path) throws IOException {
            Map<String, Object> read = Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
            return new Entry(number(read, "uid"), number(read, "gid"), number(read, "mode"));
        }

        private static int number(Map<String, Object> read, String attribute) {
            return (Integer) Objects.requireNonNull(read.get(attribute));
        }

        boolean has(int bit) {
            return (mode & bit) != 0;
        }

        boolean is(int kind) {
            return (mode & KIND) == kind;
        }

        String permissions() {
            StringBuilder text = new StringBuilder("(");
            for (int bit = 8; bit >= 0; bit--) {
                text.append((mode & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
            }
            return text.append(')').toString();
        }

        boolean writable() {
            return has(OTHERS_WRITE) || has(GROUP_WRITES);
        }
    }

    /** Whom files that this process makes belong to. */
    private static final class ProcessUser {
        static final int ID = id();
        static final String NAME = System.getProperty("user.name", "");

        private static int id() {
            Path status = Path.of("/proc/self/status");
            try (Stream<String> lines = Files.lines(status)) {
                // real, effective, saved, of the file system
                return lines.filter(line -> line.startsWith("Uid:"))
                        .map(line -> Integer.parseUnsignedInt(line.strip().split("\\s+", -1)[4]))
                        .findFirst()
                        .orElseThrow(() -> new NoSuchFileException(status.toString()));
            } catch (IOException | RuntimeException elsewhere) {
                return ofNewFile();
            }
        }

        private static int ofNewFile() {
            try {
                Path made = Files.createTempFile("portcullis-", ".tmp");
                try {
                    return hasOwners(made) ? (Integer) Files.getAttribute(made, "unix:uid") : 0;
                } finally {
                    Files.deleteIfExists(made);
                }
            } catch (IOException unknown) {
                return 0; // what is not root's is refused then, and the message says why
            }
        }
    }
}
