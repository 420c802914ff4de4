//! A document on A4: who issues it, for whom, its lines, its sums, its signatures. Invoice and order form are filled in here.
//! Knows what a document says, and not where that is kept.

use crate::base::error::Result;
use crate::base::locale::{Lang, tr};
use crate::domain::document::{DocumentContent, Party};
use crate::domain::terms;
use crate::forms::figures::{self, Figures};
use crate::forms::{codes, lines, sums};
use crate::print::pdf::Info;
use crate::print::style::gap;
use crate::print::{Align, Block, Flow, Paper, Part, Picture, Printed, Sheet, Style};

/// A label and what stands beside or under it.
pub(super) type Labelled = (String, String);

/// What one document says beside its content.
pub(super) struct Document<'a> {
    /// Who, for whom, what, how much.
    pub content: &'a DocumentContent,
    /// The language of the words.
    pub lang: Lang,
    /// What it is, with its number.
    pub title: String,
    /// What stands under the title; pairs without a value are left out.
    pub facts: Vec<Labelled>,
    /// Words across every page, such as that it is void.
    pub across: Option<String>,
    /// Whether it says that it is a copy.
    pub copy: bool,
    /// Whether it says what is paid and left to pay.
    pub payable: bool,
    /// A text under the sums.
    pub note: String,
    /// Who signs: in what role, and the name where it is known.
    pub signatures: Vec<Labelled>,
    /// The issuer's logo.
    pub logo: Option<Picture>,
}

impl Document<'_> {
    /// The document filled in. Rejected when the sums come to more than can be kept.
    pub fn print(&self) -> Result<Printed> {
        let author = self.content.issuer.name.clone();
        let info = Info { title: self.title.clone(), author, language: self.lang.code().to_owned() };
        let paper = self.paper()?;
        let paper = if let Some(words) = &self.across { paper.marked(words) } else { paper };
        Ok(Printed { paper, info })
    }

    fn paper(&self) -> Result<Paper> {
        let mut flow = Flow::new(Sheet::A4);
        let width = flow.width();
        let name = format!("{} · {}", self.title, self.content.issuer.name);
        let lang = self.lang;
        flow.foot(&name, move |page, pages| page_of(lang, page, pages));
        flow.running_head(Block::text(&name, Style::SMALL, width).padded(gap::SMALL));
        flow.put(self.head()?(width));
        flow.gap(gap::LARGE);
        let (issuer, customer) = (&self.content.issuer, &self.content.customer);
        let sides = [self.side("form.seller", issuer), self.side("form.customer", customer)];
        flow.put(Block::in_columns(width, gap::WIDE, &sides));
        flow.gap(gap::LARGE);
        flow.text(&self.about_amounts(), Style::SMALL);
        flow.gap(gap::SMALL);
        let figures = Figures::of(self.content, lang);
        let mut table = lines::table(self.content, figures)?;
        table.tail = Some(self.tail(figures)?(width));
        flow.table(&table);
        Ok(flow.finish())
    }

    fn word(&self, key: &str) -> String {
        tr(self.lang, key, &[])
    }

    /// Logo, title and facts at the left; at the right the number as a barcode, and the mark of a copy.
    fn head(&self) -> Result<Part<'_>> {
        let code = codes::number(self.content.number)?;
        let stamp = if self.copy { Block::stamp(&self.word("form.copy"), Style::HEADING) } else { Block::default() };
        let edge = code.width;
        let right = Block::stack([code, stamp.aligned(Align::Right, edge)], gap::MEDIUM);
        Ok(Box::new(move |width| {
            Block::with_right(right.clone(), width, |width| {
                let logo = self.logo.as_ref().map_or(Block::default(), |logo| Block::picture(logo, 170.0, 56.0));
                let title = Block::text(&self.title, Style::TITLE, width);
                let date = figures::date(self.lang, self.content.date);
                let date = Block::text(&date, Style::BODY.size(11.0), width);
                let facts = [self.facts.clone(), figures::own(self.lang, &self.content.fields)].concat();
                let facts = Block::pairs(&borrowed(&facts), Style::BODY, width);
                let title = Block::stack([title, date, Block::space(gap::TIGHT), facts], gap::TIGHT);
                Block::stack([logo, title], gap::LARGE)
            })
        }))
    }

    /// One side with its requisites.
    fn side<'a>(&'a self, label: &'static str, party: &'a Party) -> Part<'a> {
        Box::new(move |width| {
            let name = terms::customer(self.lang, &party.name);
            let name = Block::labelled(&self.word(label), &name, Style::BODY.bold().size(10.5), width);
            let requisites = Block::pairs(&borrowed(&self.requisites(party)), Style::BODY, width);
            Block::stack([name, requisites], gap::SMALL)
        })
    }

    fn requisites(&self, party: &Party) -> Vec<Labelled> {
        let pair = |key: &str, value: &str| (self.word(key), value.to_owned());
        let mut requisites = vec![
            pair("form.tax_id", &party.tax_id),
            pair("form.vat_number", &party.vat_number),
            pair("form.address", &party.address),
            pair("form.phone", &party.phone),
            pair("form.email", &party.email),
            pair("form.bank", &party.bank_name),
            pair("form.account", &party.bank_account),
        ];
        requisites.extend(figures::own(self.lang, &party.fields));
        requisites
    }

    /// The currency of the table, and whether its prices hold the tax.
    fn about_amounts(&self) -> String {
        let key = match (self.content.taxes.is_empty(), self.content.prices_include_tax) {
            (true, _) => "form.amounts.untaxed",
            (false, true) => "form.amounts.with_tax",
            (false, false) => "form.amounts.without_tax",
        };
        tr(self.lang, key, &[("currency", self.content.currency.code())])
    }

    /// Sums, total in words, note, signatures, QR code.
    fn tail(&self, figures: Figures) -> Result<Part<'_>> {
        let content = self.content;
        let total = content.money(content.sums.total);
        let qr = codes::qr(&codes::about(&content.issuer.name, content.number, content.date, total))?;
        Ok(Box::new(move |width| {
            let sums = sums::part(content, figures, self.payable)(width);
            let words = sums::in_words(content, figures);
            let words = Block::labelled(&self.word("form.words"), &words, Style::BODY.bold().size(9.5), width);
            let note = Block::labelled(&self.word("form.note"), &self.note, Style::BODY, width);
            let end = Block::with_right(qr.clone(), width, |width| {
                let signature = |(role, name): &Labelled| -> Part<'_> {
                    let (role, name) = (role.clone(), name.clone());
                    Box::new(move |width| Block::signature(&role, &name, width))
                };
                let signatures: Vec<Part<'_>> = self.signatures.iter().map(signature).collect();
                Block::in_columns(width, gap::LARGE, &signatures)
            });
            Block::stack([Block::space(gap::TIGHT), sums, words, note, end], gap::LARGE)
        }))
    }
}

/// Which page of how many, as every sheet says it at its foot.
pub(super) fn page_of(lang: Lang, page: usize, pages: usize) -> String {
    tr(lang, "form.page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
}

fn borrowed(pairs: &[Labelled]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect()
}
