package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a state directory that nobody else is to read: Portcullis' own, and those a reference gateway left there. */
final class StateFiles {
    private final Path state;

    StateFiles(Path state) {
        this.state = state;
    }

    Path credentials() {
        return state.resolve("credentials");
    }

    List<Path> credentialFiles() {
        return existing(InstalledPlugins.list(credentials()).stream()
                .filter(file -> file.toString().endsWith(".json")));
    }

    List<Path> token() {
        return existing(Stream.of(state.resolve("gateway.token")));
    }

    /** Directories of agents, where the reference gateway keeps what they log in with. */
    List<Path> agentDirectories() {
        return agents().map(agent -> agent.resolve("agent"))
                .filter(Files::isDirectory)
                .toList();
    }

    List<Path> authProfiles() {
        return existing(agentDirectories().stream().map(agent -> agent.resolve("auth-profiles.json")));
    }

    List<Path> sessions() {
        List<Path> found = new ArrayList<>(existing(
                Stream.of("", "-wal", "-shm").map(suffix -> state.resolve(SqliteSessionStore.FILE_NAME + suffix))));
        agentDirectories()
                .forEach(agent -> InstalledPlugins.list(agent).stream()
                        .filter(file -> file.toString().endsWith(".sqlite"))
                        .forEach(found::add));
        agents().map(agent -> agent.resolve("sessions.json"))
                .filter(Files::isRegularFile)
                .forEach(found::add);
        agents().flatMap(agent -> InstalledPlugins.list(agent.resolve("sessions")).stream())
                .filter(file -> String.valueOf(file.getFileName()).equals("sessions.json"))
                .forEach(found::add);
        return found;
    }

    /** Records and transcripts. */
    List<Path> lines() {
        return Stream.concat(
                        InstalledPlugins.list(state).stream(),
                        agents().flatMap(agent -> InstalledPlugins.list(agent.resolve("sessions")).stream()))
                .filter(file -> file.toString().endsWith(".jsonl"))
                .toList();
    }

    private Stream<Path> agents() {
        return InstalledPlugins.list(state.resolve("agents")).stream().filter(Files::isDirectory);
    }

    private static List<Path> existing(Stream<Path> files) {
        return files.filter(Files::isRegularFile).toList();
    }
}
