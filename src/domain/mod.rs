//! Layer 2, the business: its concepts, one slice a file. No screen, no driver, no system clock.

use crate::engine::rule::Rule;
use crate::engine::store::{Business, Slice};
use crate::engine::{backup, tx, undo};

pub mod attachment;
pub mod category;
pub mod check;
pub mod company;
pub mod counterparty;
pub mod credential;
pub mod currency;
pub mod day;
pub mod directory;
pub mod document;
pub mod draft;
pub mod export;
pub mod field;
pub mod figure;
pub mod file;
pub mod history;
pub mod holdings;
pub mod import;
pub mod invoice;
pub mod item;
pub mod item_group;
pub mod layout;
pub mod list_filter;
pub mod location;
pub mod message;
pub mod news;
pub mod notice;
pub mod number;
pub mod opening_balance;
pub mod order;
pub mod password;
pub mod past;
pub mod payment;
pub mod payment_method;
pub mod pin;
pub mod role;
pub mod saved_view;
pub mod scale_code;
pub mod secret;
pub mod selection;
pub mod series;
pub mod sign_in;
pub mod split;
pub mod status;
pub mod stock;
pub mod task;
pub mod tax_rate;
pub mod terms;
pub mod text_search;
pub mod unit;
pub mod user;

/// Everything the program does and tells: one line a slice, parents before their children.
pub static BUSINESS: Business =
    Business { slices: SLICES, rules: RULES, rights_of: role::rights_of, zone: company::zone };

const RULES: &[Rule] = &[
    Rule::of::<company::Company>(),
    Rule::of::<tax_rate::TaxRate>(),
    Rule::of::<status::OrderStatus>(),
    Rule::of::<item_group::ItemGroup>(),
    Rule::of::<counterparty::Counterparty>(),
    Rule::of::<field::OwnField>(),
    Rule::of::<field::OwnValue>(),
    Rule::of::<item::Item>(),
    Rule::of::<order::Order>(),
    Rule::of::<order::OrderLine>(),
    Rule::of::<payment::Allocation>(),
    Rule::of::<attachment::Attachment>(),
    Rule::of::<saved_view::SavedView>(),
    Rule::of::<location::Location>(),
];

const SLICES: &[&Slice] = &[
    &backup::SLICE,
    &tx::SLICE,
    &undo::SLICE,
    &crate::engine::chain::SLICE,
    &crate::engine::check::SLICE,
    &crate::engine::past::SLICE,
    &role::SLICE,
    &user::SLICE,
    &credential::SLICE,
    &pin::SLICE,
    &sign_in::SLICE,
    &company::SLICE,
    &currency::SLICE,
    &unit::SLICE,
    &tax_rate::SLICE,
    &task::SLICE,
    &message::SLICE,
    &notice::SLICE,
    &news::SLICE,
    &payment_method::SLICE,
    &status::SLICE,
    &category::SLICE,
    &item_group::SLICE,
    &field::SLICE,
    &counterparty::SLICE,
    &item::SLICE,
    &scale_code::SLICE,
    &series::SLICE,
    &draft::SLICE,
    &layout::SLICE,
    &saved_view::SLICE,
    &order::template::SLICE,
    &selection::SLICE,
    &split::SLICE,
    &crate::engine::draft::SLICE,
    &order::SLICE,
    &payment::SLICE,
    &invoice::SLICE,
    &location::SLICE,
    &stock::SLICE,
    &history::SLICE,
    &holdings::SLICE,
    &day::SLICE,
    &past::SLICE,
    &check::SLICE,
    &opening_balance::SLICE,
    &attachment::SLICE,
    &import::SLICE,
    &export::SLICE,
];
