package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.operate.ServiceUnit;
import dev.portcullis.gateway.runtime.operate.doctor.Glance;
import dev.portcullis.gateway.runtime.operate.doctor.Patient;
import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import dev.portcullis.gateway.runtime.operate.security.SecurityAudit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a command line means by "this gateway", for the doctor. */
final class Patients {
    private final CliContext context;
    private final ConnectionOptions connection;
    private final Duration timeout;

    Patients(CliContext context, ConnectionOptions connection, Duration timeout) {
        this.context = context;
        this.connection = connection;
        this.timeout = timeout;
    }

    /** As everything is now. */
    Patient now() {
        Surroundings surroundings = context.surroundings();
        ConfigAccess access = context.configuration();
        ConfigDraft draft = access.draft();
        Optional<AuditSubject> subject = subject(access, draft);
        Optional<Path> own = access.file().filter(file -> !ConfigEditing.shipped(access));
        List<Path> folders = new ArrayList<>(access.pluginFolders());
        Path cache = access.stateDir().resolve(WarmCommand.FILE_NAME);
        return new Patient(
                draft,
                own.map(file -> access.editor(file, Optional.empty())),
                subject,
                memory(subject),
                glance(),
                () -> Distribution.home().flatMap(home -> new StartCacheProbe(home, access.stateDir()).fits()),
                new Patient.Places(
                        access.file(),
                        access.stateDir(),
                        folders,
                        Distribution.home().map(Path::toAbsolutePath),
                        ServiceUnit.file(surroundings.environment(), surroundings.home()),
                        cache),
                surroundings.environment());
    }

    private Optional<AuditSubject> subject(ConfigAccess access, ConfigDraft draft) {
        try {
            return Optional.of(AuditSubjects.of(access, draft, AuditSubject.Assumed.NOTHING, context.surroundings()));
        } catch (CliException unreadable) {
            // the doctor says so by itself
            return Optional.empty();
        }
    }

    /** Several checks look at one audit. */
    private static Supplier<Optional<AuditReport>> memory(Optional<AuditSubject> subject) {
        List<AuditReport> known = new ArrayList<>();
        return () -> {
            if (known.isEmpty()) {
                subject.ifPresent(one -> known.add(new SecurityAudit(SecurityAudit.BUDGET).run(one)));
            }
            return known.stream().findFirst();
        };
    }

    private Optional<Glance> glance() {
        try {
            GatewayLook look = context.look(connection, timeout, "status");
            URI base = look.target().base();
            return Optional.of(new Glance(
                    look.state().word(),
                    base.getHost(),
                    base.getPort(),
                    look.target().here(),
                    look.problem(),
                    warnings(look)));
        } catch (CliException unknown) {
            if (unknown.status() == ExitStatus.USAGE && connection.given()) {
                throw unknown;
            }
            return Optional.empty();
        }
    }

    private static List<String> warnings(GatewayLook look) {
        Fields details = look.fields().object("gateway");
        List<String> warnings = new ArrayList<>();
        details.object("reload")
                .texts("skipped")
                .forEach(reason -> warnings.add("It could not reload: " + Printable.line(reason)));
        details.object("reload")
                .texts("restart")
                .forEach(key -> warnings.add("It has to be restarted for " + Printable.line(key)));
        details.texts("warnings").forEach(text -> warnings.add(Printable.line(text)));
        return warnings;
    }
}
