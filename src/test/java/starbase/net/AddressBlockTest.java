package starbase.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.101-192.168.1.114, 192.168.1.101, 192.168.1.114",
    "192.168.1.101 - 192.168.1.101, 192.168.1.101, 192.168.1.101",
    "192.168.1.96/28, 192.168.1.96, 192.168.1.111",
    "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
    "192.168.1.7/32, 192.168.1.7, 192.168.1.7",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255"
  })
  void aBlockGoesFromItsFirstAddressToItsLast(String text, String first, String last) {
    var block = AddressBlock.parse(text);

    assertThat(block.first()).hasToString(first);
    assertThat(block.last()).hasToString(last);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.1-192.168.1.9, 192.168.1.9-192.168.1.20, true",
    "192.168.1.1-192.168.1.9, 192.168.1.10-192.168.1.20, false",
    "192.168.1.0/24, 192.168.1.7/32, true",
    "10.0.0.0/8, 192.168.1.0/24, false"
  })
  void blocksOverlapIfTheyShareAnAddress(String one, String other, boolean overlap) {
    assertThat(AddressBlock.parse(one).overlaps(AddressBlock.parse(other))).isEqualTo(overlap);
    assertThat(AddressBlock.parse(other).overlaps(AddressBlock.parse(one))).isEqualTo(overlap);
  }

  @Test
  void aBlockHoldsItsEndsAndWhatIsBetween() {
    var block = AddressBlock.parse("192.168.1.101-192.168.1.114");

    assertThat(block.contains(Address.parse("192.168.1.100"))).isFalse();
    assertThat(block.contains(Address.parse("192.168.1.101"))).isTrue();
    assertThat(block.contains(Address.parse("192.168.1.114"))).isTrue();
    assertThat(block.contains(Address.parse("192.168.1.115"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.168.1.101 | is neither a range nor a CIDR; allowed: either of them, such as 192.168.1.101-192.168.1.114 or 192.168.1.96/28",
        "192.168.1.101-192.168.1.1145 | holds \"192.168.1.1145\", which is not an IPv4 address; allowed: four numbers from 0 to 255, such as 192.168.1.101",
        "192.168.1.114-192.168.1.101 | ends before it starts; allowed: the lower address first, such as 192.168.1.101-192.168.1.114",
        "192.168.1.100/28 | is not aligned: /28 is a block of 16 addresses, and 192.168.1.100 is in the block 192.168.1.96-192.168.1.111; allowed: 192.168.1.96/28, or a range, such as 192.168.1.101-192.168.1.114",
        "192.168.1.1/31 | is not aligned: /31 is a block of 2 addresses, and 192.168.1.1 is in the block 192.168.1.0-192.168.1.1; allowed: 192.168.1.0/31, or a range, such as 192.168.1.1-192.168.1.2",
        "192.168.1.0/33 | has prefix length 33; allowed: 0 to 32",
        "192.168.1.0/a | is not a CIDR; allowed: an address with a prefix length, such as 192.168.1.96/28"
      })
  void whatIsWrongWithABlockIsSaid(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressBlock.parse(text))
        .withMessage(message);
  }
}
