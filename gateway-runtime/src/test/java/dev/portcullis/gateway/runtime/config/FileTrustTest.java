package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTrustTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path file;
    private int user;

    @BeforeEach
    void aFileInAFolder() throws Exception {
        assumeTrue(temporary.getFileSystem().supportedFileAttributeViews().contains("unix"), "no owners here");
        folder = Files.createDirectory(temporary.toRealPath().resolve("folder"));
        file = Files.writeString(folder.resolve("file"), "ours");
        mode(folder, "rwxr-xr-x");
        mode(file, "rw-r--r--");
        user = (Integer) Files.getAttribute(file, "unix:uid");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** In a machine without any account, no group is a private one. */
    private FileTrust trust() {
        return trust(List.of());
    }

    private FileTrust trust(List<Path> vouched) {
        Path none = temporary.resolve("none");
        return new FileTrust(users(), new LocalGroups(none, none), vouched, path -> false);
    }

    private Set<Integer> users() {
        return new HashSet<>(List.of(0, user));
    }

    private String refusal(FileTrust trust, Path path) {
        return assertThrows(UntrustedFileException.class, () -> trust.checked(path))
                .getMessage();
    }

    @Test
    void fileThatOnlyItsOwnerCanWriteIsTaken() throws Exception {
        assertEquals(file, trust().checked(file));
    }

    @Test
    void fileThatEverybodyCanWriteIsRefused() throws Exception {
        mode(file, "rw-r--rw-");

        assertTrue(refusal(trust(), file).contains("chmod o-w '" + file + "'"), refusal(trust(), file));
    }

    @Test
    void fileThatItsGroupCanWriteIsRefused() throws Exception {
        mode(file, "rw-rw-r--");

        assertTrue(refusal(trust(), file).contains("chmod g-w '" + file + "'"), refusal(trust(), file));
    }

    @Test
    void folderAboveThatItsGroupCanWriteIsRefusedByName() throws Exception {
        Path deep = Files.createDirectory(folder.resolve("deep"));
        Path below = Files.writeString(deep.resolve("file"), "");
        mode(folder, "rwxrwxr-x");

        assertTrue(refusal(trust(), below).contains("chmod g-w '" + folder + "'"), refusal(trust(), below));
    }

    @Test
    void fileOfAnotherUserIsRefused() {
        int other = user + 1;
        FileTrust anothers = new FileTrust(
                Set.of(other),
                new LocalGroups(folder.resolve("none"), folder.resolve("none")),
                List.of(),
                path -> false);

        assertTrue(
                anothers.refuses(file).orElseThrow().what().contains("belongs to the user \""),
                "of the root, or of the file");
    }

    @Test
    void entryOfOursInAStickyFolderIsTaken() throws Exception {
        Files.setAttribute(folder, "unix:mode", 0x43ff); // drwxrwxrwt

        assertEquals(file, trust().checked(file));
        assertTrue(trust().refuses(folder).isPresent(), "what decides by what lies in it is no such folder");
    }

    @Test
    void linkIsFollowedToWhatItIsOf() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("..", "folder", ".", "file"));

        assertEquals(file, trust().checked(link));
    }

    @Test
    void linkThatOthersCanReplaceIsRefusedWhateverItIsOf() throws Exception {
        Path open = Files.createDirectory(temporary.toRealPath().resolve("open"));
        Path link = Files.createSymbolicLink(open.resolve("link"), file);
        mode(open, "rwxrwxrwx");

        assertTrue(refusal(trust(), link).contains(open.toString()));
    }

    @Test
    void targetThatOthersCanWriteIsRefusedBehindALink() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        mode(folder, "rwxrwxrwx");

        assertTrue(refusal(trust(), link.resolve("file")).contains(folder.toString()));
    }

    @Test
    void linksInACircleEnd() throws Exception {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

        assertThrows(IOException.class, () -> trust().checked(folder.resolve("a")));
    }

    @Test
    void missingFileIsSaidToBeMissing() {
        assertThrows(NoSuchFileException.class, () -> trust().checked(folder.resolve("none")));
    }

    @Test
    void folderThatTheOperatorVouchesForIsNotAsked() throws Exception {
        mode(folder, "rwxrwxrwx");
        mode(file, "rw-rw-rw-");

        assertEquals(file, trust(List.of(folder)).checked(file));
        assertTrue(trust(List.of(folder.resolve("deeper"))).refuses(file).isPresent());
    }

    @Test
    void whatAContainerHasReadOnlyIsTakenWhoseverItIs() throws Exception {
        mode(file, "rw-rw-rw-");
        LocalGroups none = new LocalGroups(folder.resolve("none"), folder.resolve("none"));
        FileTrust anothers = new FileTrust(Set.of(user + 1), none, List.of(), path -> true);

        assertEquals(file, anothers.checked(file));
    }

    @Test
    void mountThatIsReadOnlyForAServiceAloneProvesNothing() throws Exception {
        for (FileStore store : FileSystems.getDefault().getFileStores()) {
            Path mounted = Path.of(store.toString().replaceAll(" \\(.*", ""));
            assertFalse(FileTrust.readOnly(false).test(mounted), mounted::toString);
        }
    }

    @Test
    void whatCanBeWrittenIsNotReadOnlyWhateverTheMountAroundIt() {
        assertFalse(FileTrust.readOnly(true).test(folder));
    }

    @Test
    void onlyThePrivateGroupOfItsOwnerMayWriteToo() throws Exception {
        int group = (Integer) Files.getAttribute(file, "unix:gid");
        Path passwd = Files.writeString(
                temporary.resolve("passwd"),
                "me:x:" + user + ":" + group + "::/:/bin/sh\nother:x:99999:99998::/:/bin/sh\n");
        Path groups = Files.writeString(temporary.resolve("group"), "me:x:" + group + ":me\nteam:x:99998:\n");
        LocalGroups accounts = new LocalGroups(passwd, groups);
        mode(file, "rw-rw-r--");

        assertEquals(file, new FileTrust(users(), accounts, List.of(), path -> false).checked(file));

        assertFalse(accounts.isPrivate(99998, user), "another's");
        Files.writeString(groups, "me:x:" + group + ":me,other\n");
        assertFalse(accounts.isPrivate(group, user), "it has another member");
        Files.writeString(groups, "me:x:" + group + ":\n");
        Files.writeString(passwd, "me:x:" + user + ":" + group + "::/:\nother:x:99999:" + group + "::/:\n");
        assertFalse(accounts.isPrivate(group, user), "it is the group of another user");
        Files.writeString(passwd, "me:x:" + user + ":" + group + "::/:\n");
        Files.writeString(groups, "team:x:" + group + ":\n");
        assertFalse(accounts.isPrivate(group, user), "it has not the name of the user");
    }
}
