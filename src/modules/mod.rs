//! Menu section 1, the working screens; what they ask and send is named here, never how it is stored.
#![allow(clippy::float_arithmetic, reason = "points on a screen; no amount is computed here")]

pub(crate) mod browse;
pub(crate) mod card;
mod compared;
pub(crate) mod customers;
pub(crate) mod directory;
mod document;
mod files;
mod gear;
mod history;
pub(crate) mod invoices;
pub(crate) mod items;
pub mod order_card;
pub mod orders;
mod own_filter;
mod papers;
pub(crate) mod payments;
mod peek;
mod people;
mod picture;
pub(crate) mod preview;
pub mod report;
mod saving;
pub(crate) mod templates;
mod views;

use crate::base::right::Right;
use crate::directories;
use crate::modules::browse::Browse;
use crate::modules::card::Card;
use crate::modules::directory::DirectoryScreen;
use crate::modules::document::Document;
use crate::modules::preview::Preview;
use crate::ui::icon;
use crate::ui::screen::Opener;

/// What stands in the menu.
pub static MENU: &[Opener] = &[
    Opener {
        kind: "orders",
        title: "window.orders",
        icon: icon::SHOPPING_CART,
        needs: &[Right::OrderViewOwn, Right::OrderViewAll],
        open: |_, _| Box::new(orders::Orders::new()),
    },
    Opener {
        kind: "payments",
        title: "payments.title",
        icon: icon::WALLET,
        needs: &[Right::PaymentView],
        open: |_, _| Box::new(Browse::new(payments::PAYMENTS)),
    },
    Opener {
        kind: "invoices",
        title: "invoices.title",
        icon: icon::FILE_TEXT,
        needs: &[Right::InvoiceView],
        open: |_, _| Box::new(Browse::new(invoices::INVOICES)),
    },
    Opener {
        kind: "day",
        title: "day.title",
        icon: icon::SUN,
        needs: &[Right::TaskOwn],
        open: |_, desk| Box::new(people::MyDay::new(desk)),
    },
    Opener {
        kind: "tasks",
        title: "tasks.title",
        icon: icon::LIST_CHECKS,
        needs: &[Right::TaskOwn],
        open: |_, _| Box::new(people::TasksScreen::new()),
    },
    Opener {
        kind: "messages",
        title: "messages.title",
        icon: icon::MESSAGE_SQUARE,
        needs: &[Right::TaskOwn],
        open: |_, _| Box::new(people::MessagesScreen::new()),
    },
];

/// The entry of a catalogue that is described as data.
macro_rules! of {
    ($directory:path) => {
        Opener {
            kind: $directory.kind,
            title: $directory.title,
            icon: $directory.icon,
            needs: &[$directory.view],
            open: |_, _| Box::new(DirectoryScreen::new(&$directory)),
        }
    };
}

/// What stands in the menu among the directories.
pub static DIRECTORIES: &[Opener] = &[
    Opener {
        kind: "customers",
        title: "customers.title",
        icon: icon::USERS,
        needs: &[Right::CounterpartyView],
        open: |_, _| Box::new(Browse::new(customers::CUSTOMERS)),
    },
    Opener {
        kind: "items",
        title: "items.title",
        icon: icon::PACKAGE,
        needs: &[Right::ItemView],
        open: |_, _| Box::new(Browse::new(items::ITEMS)),
    },
    Opener {
        kind: templates::TEMPLATES.kind,
        title: templates::TEMPLATES.title,
        icon: templates::TEMPLATES.icon,
        needs: &[templates::TEMPLATES.view],
        open: |_, _| Box::new(templates::screen()),
    },
    of!(directories::categories::CATEGORIES),
    of!(directories::item_groups::ITEM_GROUPS),
    of!(directories::units::UNITS),
    of!(directories::statuses::STATUSES),
    of!(directories::payment_methods::PAYMENT_METHODS),
    of!(directories::scale_codes::SCALE_CODES),
    of!(directories::own_fields::OWN_FIELDS),
    of!(directories::tax_rates::TAX_RATES),
    of!(directories::currencies::CURRENCIES),
    of!(directories::opening_balances::OPENING_BALANCES),
];

/// What stands behind the gear.
pub static SETTINGS: &[Opener] = gear::MENU;

/// What is opened from other screens.
pub static CARDS: &[Opener] = &[
    Opener {
        kind: "order",
        title: "window.orders",
        icon: icon::FILE_TEXT,
        needs: &[Right::OrderViewOwn, Right::OrderViewAll],
        open: |key, _| Box::new(order_card::OrderCard::open(key)),
    },
    Opener {
        kind: templates::BEGUN,
        title: "action.new_order",
        icon: icon::FILE_TEXT,
        needs: &[Right::OrderPlace],
        open: |key, _| Box::new(order_card::OrderCard::begun(key)),
    },
    Opener {
        kind: "customer",
        title: "customers.title",
        icon: icon::USER,
        needs: &[Right::CounterpartyView],
        open: |key, desk| Box::new(Card::open(&customers::CUSTOMER, key, desk)),
    },
    Opener {
        kind: "item",
        title: "items.title",
        icon: icon::PACKAGE,
        needs: &[Right::ItemView],
        open: |key, desk| Box::new(Card::open(&items::ITEM, key, desk)),
    },
    Opener {
        kind: "payment",
        title: "payments.title",
        icon: icon::WALLET,
        needs: &[Right::PaymentView],
        open: |key, _| Box::new(Document::open(&payments::PAYMENT, key)),
    },
    Opener {
        kind: "invoice",
        title: "invoices.title",
        icon: icon::FILE_TEXT,
        needs: &[Right::InvoiceView],
        open: |key, _| Box::new(Document::open(&invoices::INVOICE, key)),
    },
    Opener {
        kind: preview::ORDER,
        title: "preview.title",
        icon: icon::EYE,
        needs: &[Right::OrderViewOwn, Right::OrderViewAll],
        open: |key, desk| Box::new(Preview::open(preview::ORDER, key, desk)),
    },
    Opener {
        kind: preview::INVOICE,
        title: "preview.title",
        icon: icon::EYE,
        needs: &[Right::InvoiceView],
        open: |key, desk| Box::new(Preview::open(preview::INVOICE, key, desk)),
    },
    Opener {
        kind: preview::PAYMENT,
        title: "preview.title",
        icon: icon::EYE,
        needs: &[Right::PaymentView],
        open: |key, desk| Box::new(Preview::open(preview::PAYMENT, key, desk)),
    },
];
