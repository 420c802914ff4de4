//! How somebody comes to the desk: by password at the door, or back by PIN where the password was typed before.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use crate::app::setting::{LOOK, Setting};
use crate::app::window::Window;
use crate::base::date::Zone;
use crate::base::error::Result;
use crate::base::unreal::Unreal;
use crate::domain::company::{CompanyRow, TheCompany};
use crate::domain::layout::{Layout, LayoutPart};
use crate::domain::secret::Secret;
use crate::domain::sign_in::{self, Seat, SignedIn, Sitter};
use crate::domain::user::{OwnAccount, OwnAccountRow};
use crate::engine::clock::Clock;
use crate::engine::query::View;
use crate::engine::store::{Call, Store};
use crate::engine::worker::Handle;
use crate::ui::desk::{Desk, House, Person, Revisions};
use crate::ui::layout::Layouts;

/// An open company file, and who came in by password since it was opened.
#[derive(Clone)]
pub(crate) struct Gate {
    /// The company file.
    pub file: PathBuf,
    /// Why nothing in it counts, where that is so.
    pub unreal: Option<Unreal>,
    /// The way to the file.
    pub handle: Handle,
    /// What was touched.
    pub revisions: Revisions,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who may come back by PIN.
    pub seats: Seats,
}

/// Who came in by password here since the company file was opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seats(Vec<Seat>);

impl Seats {
    /// Somebody came in by password.
    pub(crate) fn keep(&mut self, seat: Seat) {
        self.0.retain(|kept| kept.user() != seat.user());
        self.0.push(seat);
    }

    /// The seat of a person, then those of others who may come back by PIN now.
    pub(crate) fn sitters(&self, first: i64, view: &View<'_>) -> Result<Vec<Sitter>> {
        let (own, others): (Vec<&Seat>, Vec<&Seat>) = self.0.iter().partition(|seat| seat.user().get() == first);
        let mut sitters = Vec::new();
        for seat in own.into_iter().chain(others) {
            let sitter = seat.sitter(view, view.now())?;
            sitters.extend(sitter.filter(|sitter| sitter.pin || seat.user().get() == first));
        }
        Ok(sitters)
    }
}

/// Somebody who came in, with the account and the company as they are told.
pub(crate) struct Arrived {
    /// Who it is.
    pub signed: SignedIn,
    /// The name that was typed to sign in.
    pub login: String,
    seat: Seat,
    account: Option<(OwnAccountRow, CompanyRow)>,
    layout: Vec<LayoutPart>,
}

/// Lets somebody in by password and asks what the window needs at once.
pub(crate) fn by_password(store: &mut Store, login: &str, password: &Secret) -> Result<Arrived> {
    let (signed, seat) = sign_in::by_password(store, login, password)?;
    arrived(store, (login, signed), seat)
}

/// Lets the holder of a seat back in by PIN.
pub(crate) fn by_pin(store: &mut Store, sitter: Sitter, pin: &Secret) -> Result<Arrived> {
    let signed = sign_in::by_pin(store, &sitter.seat, pin)?;
    arrived(store, (&sitter.login, signed), sitter.seat)
}

/// Nothing more is told while a one-time code waits to be replaced.
fn arrived(store: &mut Store, (login, signed): (&str, SignedIn), seat: Seat) -> Result<Arrived> {
    let login = login.to_owned();
    if signed.must_change {
        return Ok(Arrived { signed, login, seat, account: None, layout: Vec::new() });
    }
    let call = Call::of_user(signed.user.get());
    let account = store.query(&call, &OwnAccount {})?.into_iter().next();
    let company = store.query(&call, &TheCompany {})?.into_iter().next();
    let layout = store.query(&call, &Layout {})?;
    Ok(Arrived { signed, login, seat, account: account.zip(company), layout })
}

impl Arrived {
    /// Whether it is this person, with a password of their own; the seat in which they sit from now on.
    pub(crate) fn is_back(&self, person: i64) -> Option<Seat> {
        (self.signed.user.get() == person && self.account.is_some()).then(|| self.seat.clone())
    }
}

impl Gate {
    /// The window of who came in; nothing where a password has to be chosen first.
    pub(crate) fn admit(mut self, ctx: &Context, arrived: Arrived, setting: &mut Setting) -> Option<Box<Window>> {
        let Arrived { signed, seat, account, layout, .. } = arrived;
        let account = account?;
        self.seats.keep(seat);
        setting.lang = signed.language;
        setting.login.clone_from(&account.0.login);
        setting.keep();
        let desk = self.desk(account, layout, setting);
        setting.wear(ctx, desk.layouts.kept(LOOK).unwrap_or_default());
        Some(Box::new(Window::new(self.file, (desk, self.seats), signed.failed_since)))
    }

    fn desk(
        &self,
        (account, company): (OwnAccountRow, CompanyRow),
        layout: Vec<LayoutPart>,
        setting: &Setting,
    ) -> Desk {
        let rights = account.rights.into_iter().collect();
        let person = Person { id: account.id.get(), login: account.login, name: account.name, rights };
        let house = house(&company);
        let (handle, clock) = (self.handle.clone(), self.clock.clone());
        let mut desk = Desk::new(handle, (person, house), clock, setting.workplace.clone());
        desk.lang = setting.lang;
        desk.revisions = self.revisions.clone();
        desk.layouts = Layouts::of(layout.into_iter().map(|kept| (kept.part, kept.content)));
        desk
    }
}

/// The company as every screen needs it.
pub(crate) fn house(company: &CompanyRow) -> House {
    let zone = Zone::parse(&company.time_zone).unwrap_or(Zone::UTC);
    House { name: company.name.clone(), currency: company.currency, zone, unreal: company.unreal() }
}
