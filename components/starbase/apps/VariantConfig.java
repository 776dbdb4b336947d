package starbase.apps;

/**
 * Another version of an application, such as a canary: a Service and its workload.
 *
 * @param service the Service, which rules name as a backend
 * @param workload the program behind it
 */
public record VariantConfig(ServiceConfig service, WorkloadConfig workload) {}
