package dev.portcullis.benchmarks;

/** A request to a server, under the name that the tables use. */
record Scenario(String name, ServerProcess server, Request request) {}
