//! Rights by area, as a role shows them. Whose records one sees and which amounts are masked are rights among them.

use crate::base::right::Right;

/// The rights of one area.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Key of its name.
    pub title: &'static str,
    /// Its rights.
    pub rights: &'static [Right],
}

/// Every right, by area.
pub static AREAS: &[Area] = &[
    Area {
        title: "rights.orders",
        rights: &[
            Right::OrderViewOwn,
            Right::OrderViewAll,
            Right::OrderPlace,
            Right::OrderEditOwn,
            Right::OrderEditAll,
            Right::OrderCancel,
            Right::PriceOverride,
        ],
    },
    Area {
        title: "rights.payments",
        rights: &[
            Right::PaymentView,
            Right::PaymentTake,
            Right::PaymentReverse,
            Right::InvoiceView,
            Right::InvoiceIssue,
            Right::InvoiceVoid,
        ],
    },
    Area {
        title: "rights.records",
        rights: &[
            Right::CounterpartyView,
            Right::CounterpartyEdit,
            Right::ItemView,
            Right::ItemEdit,
            Right::CostView,
            Right::DirectoryView,
            Right::DirectoryEdit,
            Right::AttachmentEdit,
            Right::OpeningBalanceEdit,
        ],
    },
    Area {
        title: "rights.stock",
        rights: &[Right::StockView, Right::StockMove, Right::StockWriteOff, Right::StockReverse],
    },
    Area { title: "rights.people", rights: &[Right::TaskOwn, Right::TaskAll, Right::ViewShare] },
    Area {
        title: "rights.figures",
        rights: &[Right::ReportView, Right::JournalView, Right::UndoAll, Right::Import, Right::Export],
    },
    Area {
        title: "rights.house",
        rights: &[Right::SettingsEdit, Right::UserManage, Right::RoleManage, Right::BackupMake, Right::BackupRestore],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_stands_in_one_area() {
        let mut listed: Vec<Right> = AREAS.iter().flat_map(|area| area.rights).copied().collect();
        listed.sort_unstable();
        assert_eq!(listed, Right::ALL);
    }
}
