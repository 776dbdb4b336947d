package starbase.apps;

/**
 * A Service and what runs behind it: another version of an application, a canary for instance.
 *
 * @param service its Service, which rules name as a backend
 * @param workload what runs behind it
 */
public record VariantConfig(ServiceConfig service, WorkloadConfig workload) {}
