//! The people at the desks: what each has to do, what they write to each other, what a day holds.

mod day;
mod messages;
mod tasks;

pub(crate) use day::MyDay;
pub(crate) use messages::MessagesScreen;
pub(crate) use tasks::TasksScreen;
