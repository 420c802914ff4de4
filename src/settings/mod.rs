//! Behind the gear, described as data: the fields of the company, the catalogue of users, rights by area.

pub mod company;
pub mod keeping;
pub mod rights;
pub mod users;
