//! The people at the desks: what each has to do, what they write to each other, what a day holds.

mod day;
mod messages;
mod tasks;

use crate::ui::form::Reference;

pub(crate) use day::MyDay;
pub(crate) use messages::MessagesScreen;
pub(crate) use tasks::TasksScreen;

/// Whom something is for.
static PEOPLE: Reference = Reference::whole("responsibles", "id", "name");

/// Which order it is about.
static ORDERS: Reference = Reference::by_text("orders", "number").detail("counterparty_name").shown("order_number");
