//! The mappings that come with the program: files of other programs that people bring along.

use crate::domain::import::ImportKind;

/// A mapping that is shipped.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// What its files hold.
    pub kind: ImportKind,
    /// The name of its file without the ending.
    pub name: &'static str,
    /// The mapping as people write it.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($kind:ident $name:literal;)*) => {
        &[$(Shipped {
            kind: ImportKind::$kind,
            name: $name,
            text: include_str!(concat!("../../assets/mappings/", $name, ".json")),
        }),*]
    };
}

/// Every one of them.
pub static SHIPPED: &[Shipped] = shipped! {
    Counterparties "northwind-counterparties";
    Items "northwind-items";
    Orders "northwind-orders";
    OrderLines "northwind-order-lines";
    Orders "online-retail";
};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::exchange::mapping::Mapping;

    #[test]
    fn every_mapping_that_is_shipped_reads_and_is_of_its_kind() {
        for shipped in SHIPPED {
            assert_eq!(Mapping::parse(shipped.text).unwrap().kind, shipped.kind, "{}", shipped.name);
        }
    }
}
