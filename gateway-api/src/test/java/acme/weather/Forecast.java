package acme.weather;

import java.net.URI;

/** Stands for the service that the example would call. */
final class Forecast {
    private Forecast() {}

    static double read(URI service, String city) {
        return service.getPort() == 9090 ? city.length() * 1.5 : -1;
    }
}
