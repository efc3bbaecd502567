use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A range of addresses: `10.0.0.0/8`, `fd00::/8`.
///
/// ```
/// use tidegate_reach::Cidr;
///
/// let private: Cidr = "10.0.0.0/8".parse()?;
/// assert!(private.contains("10.1.2.3".parse().expect("an address")));
/// assert!(!private.contains("11.1.2.3".parse().expect("an address")));
/// assert!("10.0.0.0/33".parse::<Cidr>().is_err());
/// # Ok::<(), tidegate_reach::CidrError>(())
/// ```
///
/// Source: RFC 4632, 3.1; RFC 4291, 2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cidr {
    address: IpAddr,
    length: u8,
}

/// Why a text is no range of addresses.
///
/// ```
/// use tidegate_reach::{Cidr, CidrError};
///
/// assert_eq!("10.0.0.0".parse::<Cidr>(), Err(CidrError));
/// assert_eq!("10.0.0.0/8.0".parse::<Cidr>(), Err(CidrError));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CidrError;

impl fmt::Display for CidrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an address, a slash and the number of leading bits")
    }
}

impl std::error::Error for CidrError {}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (address, length) = text.split_once('/').ok_or(CidrError)?;
        let address: IpAddr = address.parse().map_err(|_| CidrError)?;
        let digits = !length.is_empty() && length.bytes().all(|it| it.is_ascii_digit());
        let length = length.parse().ok().filter(|it| digits && *it <= bits(address));
        Ok(Self { address, length: length.ok_or(CidrError)? })
    }
}

const fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl Cidr {
    /// Returns whether an address lies in it; one of the other family never does.
    ///
    /// ```
    /// use tidegate_reach::Cidr;
    ///
    /// let all: Cidr = "0.0.0.0/0".parse()?;
    /// assert!(all.contains([10, 0, 4, 7].into()));
    /// // An address of the other family never lies in a range.
    /// assert!(!all.contains(std::net::Ipv6Addr::LOCALHOST.into()));
    /// # Ok::<(), tidegate_reach::CidrError>(())
    /// ```
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        let number = |it: IpAddr| match it {
            IpAddr::V4(it) => u128::from(it.to_bits()),
            IpAddr::V6(it) => it.to_bits(),
        };
        let behind = u32::from(bits(self.address) - self.length);
        let network = |it: IpAddr| number(it).checked_shr(behind).unwrap_or(0);
        self.address.is_ipv4() == address.is_ipv4() && network(self.address) == network(address)
    }

    /// Whether another range lies in it and is smaller.
    pub(crate) fn holds_strictly(self, other: Self) -> bool {
        self.contains(other.address) && self.length < other.length
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Cidr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A range of addresses without some smaller ones in it.
///
/// ```
/// use tidegate_reach::IpBlock;
///
/// let block = IpBlock { cidr: "10.0.0.0/8".parse()?, except: vec!["10.1.0.0/16".parse()?] };
/// assert!(block.contains("10.2.0.1".parse().expect("an address")));
/// assert!(!block.contains("10.1.0.1".parse().expect("an address")));
/// # Ok::<(), tidegate_reach::CidrError>(())
/// ```
///
/// Source: Kubernetes `staging/src/k8s.io/api/networking/v1/types.go`, `IPBlock`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IpBlock {
    /// The range.
    pub cidr: Cidr,
    /// What is not meant.
    pub except: Vec<Cidr>,
}

impl IpBlock {
    /// Returns whether an address is meant.
    ///
    /// ```
    /// use tidegate_reach::IpBlock;
    ///
    /// let everywhere_but_metadata =
    ///     IpBlock { cidr: "0.0.0.0/0".parse()?, except: vec!["169.254.169.254/32".parse()?] };
    /// assert!(!everywhere_but_metadata.contains([169, 254, 169, 254].into()));
    /// assert!(everywhere_but_metadata.contains([192, 0, 2, 1].into()));
    /// # Ok::<(), tidegate_reach::CidrError>(())
    /// ```
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.cidr.contains(address) && !self.except.iter().any(|it| it.contains(address))
    }
}
