//! The closed list of rights. Who holds which is data (roles); what a right is, is code.

use serde::{Deserialize, Serialize};

use super::error::Error;

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// One thing a person may be allowed to do; stored and shown by its fixed text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Right {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Right {
            /// Every right, in the order of the list.
            pub const ALL: &'static [Right] = &[$(Right::$name,)*];

            /// The fixed text, such as `order-place`.
            pub const fn code(self) -> &'static str {
                match self { $(Right::$name => $text,)* }
            }

            /// The right with this text, if there is one.
            pub fn parse(text: &str) -> Option<Right> {
                Right::ALL.iter().copied().find(|right| right.code() == text)
            }

            /// A refusal that names the right, where who acts has it not.
            pub fn lacking(self, key: &'static str) -> Error {
                Error::rejected(key).named("right", format!("right.{}", self.code()))
            }
        }
    };
}

rights! {
    /// See orders one answers for.
    OrderViewOwn = "order-view-own";
    /// See every order.
    OrderViewAll = "order-view-all";
    /// Register an order.
    OrderPlace = "order-place";
    /// Change orders one answers for.
    OrderEditOwn = "order-edit-own";
    /// Change every order.
    OrderEditAll = "order-edit-all";
    /// Cancel an order.
    OrderCancel = "order-cancel";
    /// Sell at another price than the item's, or correct a computed amount.
    PriceOverride = "price-override";
    /// See payments.
    PaymentView = "payment-view";
    /// Take a payment.
    PaymentTake = "payment-take";
    /// Refund or void a payment.
    PaymentReverse = "payment-reverse";
    /// See and print invoices.
    InvoiceView = "invoice-view";
    /// Issue an invoice.
    InvoiceIssue = "invoice-issue";
    /// Void an invoice.
    InvoiceVoid = "invoice-void";
    /// See counterparties.
    CounterpartyView = "counterparty-view";
    /// Add and change counterparties.
    CounterpartyEdit = "counterparty-edit";
    /// See items.
    ItemView = "item-view";
    /// Add and change items.
    ItemEdit = "item-edit";
    /// See what goods cost and what was earned.
    CostView = "cost-view";
    /// See what lies where, and waybills.
    StockView = "stock-view";
    /// Receive, issue and transfer goods.
    StockMove = "stock-move";
    /// Write goods off.
    StockWriteOff = "stock-write-off";
    /// Take waybills back.
    StockReverse = "stock-reverse";
    /// See units, currencies, tax rates, payment methods, statuses, warehouses, groups and categories.
    DirectoryView = "directory-view";
    /// Change them.
    DirectoryEdit = "directory-edit";
    /// Keep tasks of one's own, write and read messages.
    TaskOwn = "task-own";
    /// See the tasks of everyone, and give tasks to others.
    TaskAll = "task-all";
    /// Share views of lists with others.
    ViewShare = "view-share";
    /// Attach files.
    AttachmentEdit = "attachment-edit";
    /// Enter opening balances.
    OpeningBalanceEdit = "opening-balance-edit";
    /// Bring records in from files.
    Import = "import";
    /// Take records out to files.
    Export = "export";
    /// Open reports.
    ReportView = "report-view";
    /// See the journal.
    JournalView = "journal-view";
    /// Take back a change of another person.
    UndoAll = "undo-all";
    /// Change the company, numbering and taxes.
    SettingsEdit = "settings-edit";
    /// Add and change users.
    UserManage = "user-manage";
    /// Change what roles may do.
    RoleManage = "role-manage";
    /// Make and verify backups.
    BackupMake = "backup-make";
    /// Restore a backup.
    BackupRestore = "backup-restore";
}
