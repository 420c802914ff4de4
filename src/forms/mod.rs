//! Layer 3, printed forms: from what the file holds to paper. A form only reads, and never computes a total.
//! The right to see what a form shows is checked here, below any screen.

mod codes;
pub mod daily;
mod figures;
pub mod invoice;
mod lines;
pub mod order;
pub mod receipt;
mod sheet;
mod slip;
mod sums;

use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::base::locale::{Lang, tr};
use crate::base::right::Right;
use crate::base::text;
use crate::base::unreal::Unreal;
use crate::domain::company;
use crate::domain::document::Party;
use crate::engine::query::View;
use crate::engine::value::damaged;
use crate::print::{Picture, Printed};

/// Every form, in the order they are offered.
pub const ALL: &[Form] = &[invoice::FORM, order::FORM, receipt::FORM, daily::FORM];

/// A printed form: what the registry holds.
pub struct Form {
    /// As the command line writes it.
    pub name: &'static str,
    /// Rights, of which the asker needs one.
    pub rights: &'static [Right],
    /// The names of the arguments, of which one says which document is wanted.
    pub keys: fn() -> Vec<&'static str>,
    make: fn(&View<'_>, &Request) -> Result<Printed>,
}

/// What is to be printed, and how.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The form's name.
    pub form: String,
    /// Which document, as a JSON object of the form's keys.
    pub keys: Json,
    /// The language; the document's own when left out.
    pub language: Option<Lang>,
    /// Whether the paper says that it is a copy.
    pub copy: bool,
}

/// The form with this name. Rejected when there is none.
pub fn by_name(name: &str) -> Result<&'static Form> {
    let known = || ALL.iter().map(|form| form.name).collect::<Vec<_>>().join(", ");
    let found = ALL.iter().find(|form| form.name == name);
    found.ok_or_else(|| Error::rejected("error.form.unknown").arg("name", name).arg("known", known()))
}

/// Fills in a form. Rejected without the right to see the document, or when there is none; fails when it is damaged.
pub fn fill(view: &View<'_>, request: &Request) -> Result<Printed> {
    let form = by_name(&request.form)?;
    let may = form.rights.iter().any(|right| view.actor().can(*right));
    if !may {
        form.rights.iter().try_for_each(|right| view.actor().require(*right))?;
    }
    let printed = (form.make)(view, request)?;
    Ok(match company::unreal(view)? {
        Some(unreal) => marked(printed, unreal, request.language),
        None => printed,
    })
}

/// The same with words across every page that nothing of it is real; in the language of the paper.
fn marked(printed: Printed, unreal: Unreal, asked: Option<Lang>) -> Printed {
    let lang = asked.or_else(|| Lang::parse(&printed.info.language).ok()).unwrap_or(Lang::EN);
    let key = match unreal {
        Unreal::Demo => "form.demo",
        Unreal::Training => "form.training",
    };
    Printed { paper: printed.paper.marked(&tr(lang, key, &[])), info: printed.info }
}

/// The language of the words: the one that was asked for, else the document's own by its code.
fn language(request: &Request, own: &str) -> Lang {
    request.language.or_else(|| Lang::parse(own).ok()).unwrap_or(Lang::EN)
}

/// The issuer's logo. Fails where the kept file is gone or damaged.
fn logo(view: &View<'_>, issuer: &Party) -> Result<Option<Picture>> {
    let Some(name) = &issuer.logo else { return Ok(None) };
    let hash = text::unhex(name).ok_or_else(|| damaged(name))?;
    Picture::read(&view.blob(&hash)?).map(Some)
}
