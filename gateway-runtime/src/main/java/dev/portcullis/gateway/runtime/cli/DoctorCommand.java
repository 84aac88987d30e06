package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.doctor.Doctor;
import dev.portcullis.gateway.runtime.operate.doctor.DoctorReport;
import dev.portcullis.gateway.runtime.operate.doctor.Repairs;
import dev.portcullis.gateway.runtime.operate.doctor.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis doctor}. */
@Command(
        name = "doctor",
        description =
                "Look at configuration, files, plugins, service unit and gateway, say what is wrong and what to do.",
        footer = {
            "",
            "Exit codes: 0 whatever is found; with --lint 1 if a warning or an error is found (or what --severity-min says);",
            "with --fix 1 if something could not be repaired; 2 wrong options, or a check that did not come to an end."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--lint", description = "Change nothing, and exit with 1 if something is wrong.")
    boolean lint;

    @Option(
            names = {"--fix", "--repair"},
            description = "Repair what needs no decision, and say what was changed.")
    boolean fix;

    @Option(
            names = "--severity-min",
            paramLabel = "SEVERITY",
            description = "Leave out what is less bad: info, warning or error.")
    @Nullable
    String least;

    @Option(names = "--only", paramLabel = "ID", description = "Run this check alone; may be repeated.")
    List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "ID", description = "Do not run this check; may be repeated.")
    List<String> skip = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            defaultValue = "5000",
            description = "How long an answer of the gateway may take, in milliseconds (default: ${DEFAULT-VALUE}).")
    long timeout;

    /** Nothing is ever asked. */
    @Option(
            names = {"--non-interactive", "--yes"},
            hidden = true)
    boolean silent;

    private final CliContext context;
    private final Doctor doctor;

    DoctorCommand(CliContext context) {
        this(context, new Doctor());
    }

    DoctorCommand(CliContext context, Doctor doctor) {
        this.context = context;
        this.doctor = doctor;
    }

    @Override
    public Integer call() {
        if (lint && fix) {
            throw CliException.usage("--lint and --fix exclude each other: --lint changes nothing");
        }
        Duration patience = Timeout.ofMillis(timeout);
        Optional<Severity> threshold = threshold();
        Predicate<String> wanted = wanted();
        Patients patients = new Patients(context, connection, patience);
        DoctorReport report = doctor.examine(patients.now(), wanted);
        if (fix) {
            Repairs repairs = Repairs.of(report.findings());
            DoctorReport after = repairs.changes().isEmpty() ? report : doctor.examine(patients.now(), wanted);
            return say(
                    after.atLeast(threshold.orElse(Severity.INFO)),
                    Optional.of(repairs),
                    repairs.errors().isEmpty());
        }
        DoctorReport shown = report.atLeast(threshold.orElse(Severity.INFO));
        boolean well = !shown.has(threshold.orElse(Severity.WARNING));
        return say(shown, Optional.empty(), well || !lint);
    }

    /** @param done whether the exit code is to be 0 */
    private int say(DoctorReport report, Optional<Repairs> repairs, boolean done) {
        Output output = context.output();
        boolean broken = !report.failed().isEmpty();
        if (output.json()) {
            boolean ok = done && !report.has(Severity.WARNING);
            output.document(broken && lint ? DoctorDocument.broken(report) : DoctorDocument.of(report, ok, repairs));
        } else {
            output.lines(repairs.map(made -> DoctorText.fixed(report, made))
                    .orElseGet(() -> lint ? DoctorText.lint(report) : DoctorText.advice(report)));
            if (broken) {
                output.remark("portcullis: " + DoctorDocument.failed(report) + ". This is a defect of Portcullis.");
            }
        }
        return broken ? ExitStatus.USAGE : done ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Optional<Severity> threshold() {
        String word = least;
        if (word == null) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(Severity.values())
                .filter(severity -> severity.word().equals(word))
                .findFirst()
                .orElseThrow(() -> CliException.usage(
                        "--severity-min is \"" + Printable.line(word) + "\": use info, warning or error")));
    }

    private Predicate<String> wanted() {
        List<String> known = doctor.ids();
        for (String id : Stream.concat(only.stream(), skip.stream()).toList()) {
            if (!known.contains(id)) {
                throw CliException.usage(
                        "There is no check \"" + Printable.line(id) + "\": " + String.join(", ", known));
            }
        }
        return id -> (only.isEmpty() || only.contains(id)) && !skip.contains(id);
    }
}
