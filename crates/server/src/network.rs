//! Whose line an address is.

use std::net::{IpAddr, Ipv6Addr};

/// Whoever has one address of IPv6 has 2^64: the network counts.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}
