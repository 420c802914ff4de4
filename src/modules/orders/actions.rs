//! What can be done with orders from their list.

use egui::Key;
use serde_json::Value as Json;

use crate::base::right::Right;
use crate::modules::browse::action::FILTER_BY;
use crate::modules::preview::PREVIEW;
use crate::modules::templates::{BEGIN, KEEP};
use crate::ui::action::{Action, Keys, Offer};
use crate::ui::desk::Desk;
use crate::ui::icon;
use crate::ui::list::plain;

macro_rules! actions {
    ($($name:ident = $id:literal $text:literal $icon:ident [$($keys:expr),*] $need:expr;)*) => {
        $(static $name: Action =
            Action { id: $id, text: $text, icon: icon::$icon, keys: &[$($keys),*], need: $need };)*
    };
}

actions! {
    NEW = "new" "action.new_order" PLUS [Keys::ctrl(Key::N), Keys::plain(Key::Insert)] Some(Right::OrderPlace);
    OPEN = "open" "action.open" FOLDER_OPEN [Keys::ctrl(Key::O)] None;
    SEARCH = "search" "action.search" SEARCH [Keys::plain(Key::F3), Keys::ctrl(Key::F)] None;
    CLEAR = "clear" "search.clear" FILTER [Keys::ctrl_shift(Key::F)] None;
    COPY = "copy" "action.copy_order" COPY [Keys::plain(Key::F9)] Some(Right::OrderPlace);
    RETURN = "return" "action.return_order" UNDO_2 [Keys::shift(Key::F9)] Some(Right::OrderPlace);
    STATUS = "status" "action.status" REFRESH_CW [Keys::alt(Key::S)] None;
    PAY = "pay" "action.pay" BANKNOTE [Keys::plain(Key::F8)] Some(Right::PaymentTake);
    PRINT = "print" "action.print_invoice" PRINTER [Keys::ctrl(Key::P)] Some(Right::InvoiceIssue);
    PRINT_ORDER = "print-order" "action.print_order" FILE_TEXT [Keys::ctrl_shift(Key::P)] None;
    SAME_CUSTOMER = "same-customer" "action.same_customer" USER [] None;
    REFRESH = "refresh" "action.refresh" ROTATE_CCW [Keys::plain(Key::F5)] None;
}

/// A state an order can be moved to.
pub(crate) struct Change {
    /// The state.
    pub to: &'static str,
    /// Key of what the menu says.
    pub text: &'static str,
    /// Its icon.
    pub icon: &'static str,
    from: &'static [&'static str],
}

/// The moves that the menu offers; the command knows the whole table and refuses the rest in words.
pub(crate) const CHANGES: [Change; 5] = [
    Change { to: "confirmed", text: "status.confirmed", icon: icon::CIRCLE, from: &["draft", "in-work"] },
    Change { to: "in-work", text: "status.in-work", icon: icon::LOADER, from: &["confirmed", "ready"] },
    Change { to: "ready", text: "status.ready", icon: icon::PACKAGE_CHECK, from: &["confirmed", "in-work"] },
    Change { to: "closed", text: "status.closed", icon: icon::CHECK, from: &["confirmed", "in-work", "ready"] },
    Change { to: "cancelled", text: "orders.cancel", icon: icon::X, from: &["draft", "confirmed", "in-work", "ready"] },
];

impl Change {
    /// Whether the move begins at this state.
    pub(crate) fn is_from(&self, state: &str) -> bool {
        self.from.contains(&state)
    }
}

/// What can be done now, with this order under the cursor; whether its cell can be filtered by, and others are selected.
pub(crate) fn offers(row: Option<&Json>, (filterable, selected): (bool, bool), desk: &Desk) -> Vec<Offer> {
    let one = row.is_some();
    let state = row.map(|row| plain(row, "status")).unwrap_or_default();
    let owed = row.is_some_and(|row| matches!(plain(row, "payment").as_str(), "unpaid" | "part-paid"));
    let sold = row.is_some_and(|row| plain(row, "kind") == "order");
    let movable = CHANGES.iter().any(|change| change.is_from(&state));
    let real = one && !matches!(state.as_str(), "draft" | "cancelled");
    let mut offers = vec![
        NEW.primary(true),
        BEGIN.offer(true),
        SEARCH.offer(true),
        OPEN.offer(one),
        PAY.offer(owed && real),
        STATUS.offer(movable || selected),
        PRINT.offer(real),
        PRINT_ORDER.offer(one || selected),
        PREVIEW.offer(one),
        COPY.offer(one),
        RETURN.offer(real && sold),
        KEEP.offer(sold),
        SAME_CUSTOMER.offer(one),
        FILTER_BY.offer(filterable),
        CLEAR.offer(true),
        REFRESH.offer(true),
    ];
    offers.retain(|offer| offer.action.need.is_none_or(|need| desk.may(need)));
    offers
}

/// Whether the bar above the list shows it as a button.
pub(crate) fn is_in_bar(id: &str) -> bool {
    id == BEGIN.id || matches!(id, "new" | "search")
}
