package starbase.dns;

import starbase.net.DnsLabel;

/** What has the address that a name leads to. */
public sealed interface RecordTarget {
  /** The word for this sort of target in outputs. */
  String kind();

  /** How people call it. */
  String text();

  /**
   * A Gateway.
   *
   * @param name the Gateway's name
   */
  record Gateway(DnsLabel name) implements RecordTarget {
    @Override
    public String kind() {
      return "gateway";
    }

    @Override
    public String text() {
      return name.text();
    }
  }

  /**
   * A LoadBalancer Service.
   *
   * @param namespace where it is
   * @param name the Service's name
   */
  record Service(DnsLabel namespace, DnsLabel name) implements RecordTarget {
    @Override
    public String kind() {
      return "service";
    }

    @Override
    public String text() {
      return namespace + "/" + name;
    }
  }
}
