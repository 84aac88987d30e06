package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Runs checks. */
public final class Doctor {
    /** Says that a check itself did not work. */
    public static final String INSPECTION = "core/doctor/lint-inspection";

    private final List<Check> checks;

    public Doctor() {
        this(List.of(
                new ConfigHolds(),
                new LastKnownGood(),
                new ConfigWarnings(),
                new RetiredKeys(),
                new RetiredAgentList(),
                new StateIntegrity(),
                new StatePermissions(),
                new StateLockFile(),
                new SessionStoreHolds(),
                new WritableFiles(),
                new DiskSpace(),
                new GatewayToken(),
                new OtherCredential(),
                new Certificates(),
                new BoundAddress(),
                new PluginsLoad(),
                new PluginLockFits(),
                new GatewayPort(),
                new GatewayHealth(),
                new GatewaySays(),
                new GatewayUnit(),
                new JavaRuntime(),
                new StartCache(),
                new SecurityFindings()));
    }

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** The names of all checks, in their order. */
    public List<String> ids() {
        return checks.stream().map(Check::id).toList();
    }

    /**
     * Examines a gateway.
     *
     * @param wanted which checks, by name
     */
    public DoctorReport examine(Patient patient, Predicate<String> wanted) {
        List<Check> selected =
                checks.stream().filter(check -> wanted.test(check.id())).toList();
        List<Finding> findings = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Check check : selected) {
            try {
                check.examine(patient, findings::add);
            } catch (RuntimeException broken) {
                // its type only: a message could hold what was read
                failed.add(check.id() + " (" + broken.getClass().getSimpleName() + ")");
            }
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return new DoctorReport(selected.size() - failed.size(), checks.size() - selected.size(), findings, failed);
    }
}
