module typesafe.config {
    requires static java.desktop;

    exports com.typesafe.config;
    exports com.typesafe.config.parser;
}
