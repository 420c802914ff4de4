//! Menu section 1, the working screens; what they ask and send is named here, never how it is stored.
#![allow(clippy::float_arithmetic, reason = "points on a screen; no amount is computed here")]

pub mod order_card;
pub mod orders;
mod papers;

use crate::base::right::Right;
use crate::ui::icon;
use crate::ui::screen::Opener;

/// What stands in the menu.
pub static MENU: &[Opener] = &[Opener {
    kind: "orders",
    title: "window.orders",
    icon: icon::SHOPPING_CART,
    needs: &[Right::OrderViewOwn, Right::OrderViewAll],
    open: |_, _| Box::new(orders::Orders::new()),
}];

/// What is opened from other screens.
pub static CARDS: &[Opener] = &[Opener {
    kind: "order",
    title: "window.orders",
    icon: icon::FILE_TEXT,
    needs: &[Right::OrderViewOwn, Right::OrderViewAll],
    open: |key, desk| Box::new(order_card::OrderCard::open(key, desk)),
}];
