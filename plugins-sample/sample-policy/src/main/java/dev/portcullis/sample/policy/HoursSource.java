package dev.portcullis.sample.policy;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicyContext;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.api.policy.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** Denies what is closed at the moment. The same for everybody, so it does not look at the context. */
final class HoursSource implements PolicySource {
    private static final int LONGEST_LABEL = 160;

    private final List<Schedule> schedules;
    private final ZoneId zone;
    private final InstantSource clock;

    HoursSource(List<Schedule> schedules, ZoneId zone, InstantSource clock) {
        this.schedules = List.copyOf(schedules);
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public PolicyAnswer policies(PolicyContext context) {
        Instant now = clock.instant();
        List<ToolPolicy> closed = schedules.stream()
                .filter(schedule -> !schedule.open(now, zone))
                .map(HoursSource::closed)
                .toList();
        return PolicyAnswer.of(closed, validity(now));
    }

    private Validity validity(Instant now) {
        return schedules.stream()
                .flatMap(schedule -> schedule.nextChange(now, zone).stream())
                .min(Instant::compareTo)
                .map(change -> Validity.lasting(Duration.between(now, change)))
                .orElseGet(Validity::untilReload);
    }

    private static ToolPolicy closed(Schedule schedule) {
        String label = "tools." + schedule.tool() + " open " + schedule.hours();
        return ToolPolicy.denying(
                label.substring(0, Math.min(label.length(), LONGEST_LABEL)), List.of(schedule.tool()));
    }
}
