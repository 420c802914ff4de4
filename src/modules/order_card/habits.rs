//! Keys of the parts of an order's card: its entry, its lines, its payment.

use egui::Key;

use crate::modules::order_card::line_menu::{COPY_KEYS, KEYS};
use crate::modules::order_card::payment::{INVOICE_KEYS, LOOK, RECEIPT_KEYS};
use crate::ui::action::Keys;
use crate::ui::habits::{Part, habit};

/// From anywhere on the card into the field of the customer.
pub(super) const TO_CUSTOMER: Keys = Keys::alt(Key::C);

/// The parts with their keys.
pub(super) static PARTS: &[Part] = &[
    Part {
        title: "keys.entry",
        habits: &[
            habit("keys.take_entry", &[Keys::plain(Key::Enter)]),
            habit("keys.as_text", &[Keys::shift(Key::Enter)]),
            habit("keys.catalogue", &[Keys::plain(Key::F4)]),
            habit("keys.to_lines", &[Keys::plain(Key::ArrowDown)]),
            habit("keys.to_customer", &[TO_CUSTOMER]),
        ],
    },
    Part {
        title: "keys.lines",
        habits: &[
            habit("card.edit_line", &[Keys::plain(Key::F2), Keys::plain(Key::Enter)]),
            habit("card.copy_line", &[COPY_KEYS]),
            habit("card.remove_line", &[Keys::plain(Key::Delete)]),
            habit("keys.row_menu", &KEYS),
        ],
    },
    Part {
        title: "keys.payment",
        habits: &[
            habit("keys.cash", &[Keys::plain(Key::F5)]),
            habit("keys.by_card", &[Keys::plain(Key::F6)]),
            habit("keys.transfer", &[Keys::plain(Key::F7)]),
            habit("keys.note", &[Keys::alt(Key::Num1), Keys::alt(Key::Num4)]),
            habit("keys.with_invoice", &[INVOICE_KEYS]),
            habit("keys.with_receipt", &[RECEIPT_KEYS]),
            habit(LOOK.text, LOOK.keys),
        ],
    },
];
