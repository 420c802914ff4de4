//! A receipt on a roll of paper: short lines, everything black, what was bought, how it was paid.

use crate::base::error::Result;
use crate::base::locale::{self, tr};
use crate::domain::document::{DocumentContent, DocumentLine};
use crate::domain::payment::PaymentKind;
use crate::domain::terms;
use crate::forms::figures::Figures;
use crate::forms::receipt::Receipt;
use crate::forms::{codes, lines, sums};
use crate::print::pdf::Info;
use crate::print::style::gap;
use crate::print::{Align, Block, Ink, Part, Printed, Roll, Style};

/// The receipt filled in.
pub(super) fn print(receipt: &Receipt) -> Result<Printed> {
    let slip = Slip { receipt, figures: slip_figures(receipt) };
    let mut roll = Roll::new();
    let width = roll.width();
    let mut parts = vec![slip.issuer(), slip.head()];
    if let Some(order) = &receipt.order {
        parts.extend([slip.lines(order), slip.sums(order)]);
    }
    parts.extend([slip.payment(), slip.end()?]);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            roll.put(Block::rule(width, 0.6, Ink::BLACK).padded(gap::SMALL));
        }
        roll.put(part(width));
    }
    let info =
        Info { title: slip.title(), author: receipt.issuer.name.clone(), language: receipt.lang.code().to_owned() };
    Ok(Printed { paper: roll.finish(), info })
}

fn slip_figures(receipt: &Receipt) -> Figures {
    let alone = || Figures::of_currency(receipt.payment.currency, receipt.lang);
    receipt.order.as_ref().map_or_else(alone, |order| Figures::of(order, receipt.lang))
}

/// A receipt on its way to paper.
#[derive(Clone, Copy)]
struct Slip<'a> {
    receipt: &'a Receipt,
    figures: Figures,
}

const TEXT: Style = Style::BODY.size(8.5);
const STRONG: Style = TEXT.bold();

impl<'a> Slip<'a> {
    fn word(&self, key: &str) -> String {
        tr(self.receipt.lang, key, &[])
    }

    fn title(&self) -> String {
        let key = match self.receipt.payment.kind {
            PaymentKind::Payment => "form.title.receipt",
            PaymentKind::Refund => "form.title.refund",
            PaymentKind::Reversal => "form.title.reversal",
        };
        tr(self.receipt.lang, key, &[("number", &self.receipt.payment.number.to_string())])
    }

    fn issuer(self) -> Part<'a> {
        Box::new(move |width| {
            let issuer = &self.receipt.issuer;
            let centred = |text: &str, style: Style| shown(text, style.align(Align::Centre))(width);
            let tax_id = if issuer.tax_id.is_empty() {
                String::new()
            } else {
                format!("{} {}", self.word("form.tax_id"), issuer.tax_id)
            };
            let logo = self.receipt.logo.as_ref().map_or(Block::default(), |logo| Block::picture(logo, 130.0, 44.0));
            Block::stack(
                [
                    logo.aligned(Align::Centre, width),
                    centred(&issuer.name, STRONG.size(10.5)),
                    centred(&issuer.address, TEXT),
                    centred(&issuer.phone, TEXT),
                    centred(&tax_id, TEXT),
                ],
                gap::TIGHT,
            )
        })
    }

    fn head(self) -> Part<'a> {
        Box::new(move |width| {
            let receipt = self.receipt;
            let title = Block::text(&self.title(), STRONG.size(10.5).align(Align::Centre), width);
            let date = locale::date(receipt.lang, receipt.payment.date);
            let moment = Block::spread((&date, TEXT), (&receipt.time, TEXT), width);
            let order = receipt.order.as_ref().map(|order| order.number.to_string()).unwrap_or_default();
            let facts = [
                (self.word("form.order"), order),
                (self.word("form.customer"), receipt.customer.clone()),
                (self.word("form.cashier"), receipt.cashier.clone()),
                (self.word("form.reason"), receipt.payment.reason.clone()),
            ];
            let facts: Vec<(&str, &str)> =
                facts.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
            let mark = |wanted: bool, key: &str| {
                let stamp = if wanted { Block::stamp(&self.word(key), STRONG) } else { Block::default() };
                stamp.aligned(Align::Centre, width)
            };
            let marks = [mark(receipt.payment.voided, "form.void"), mark(receipt.copy, "form.copy")];
            let facts = Block::pairs(&facts, TEXT, width);
            Block::stack([title].into_iter().chain(marks).chain([moment, facts]), gap::SMALL)
        })
    }

    fn lines(self, order: &'a DocumentContent) -> Part<'a> {
        Box::new(move |width| Block::stack(order.lines.iter().map(|line| self.line(order, line)(width)), gap::SMALL))
    }

    /// The words over the line, under them how it comes to its amount.
    fn line(self, order: &'a DocumentContent, line: &'a DocumentLine) -> Part<'a> {
        Box::new(move |width| {
            let figures = &self.figures;
            let unit = terms::unit(self.receipt.lang, &line.unit);
            let counted = format!("{} {unit}", figures.quantity(line.quantity));
            let counted = format!("{} × {}", counted.trim_end(), figures.price(line.price));
            let amount = figures.plain(lines::amount(order, line));
            let discount = if line.discount == 0 {
                Block::default()
            } else {
                let words = self.word("form.column.discount");
                Block::text(&format!("{words} {}", figures.plain(line.discount)), TEXT, width)
            };
            Block::stack(
                [
                    Block::text(&line.text, TEXT, width),
                    Block::spread((&counted, TEXT), (&amount, TEXT), width),
                    discount,
                    shown(&lines::correction(figures, line), TEXT)(width),
                ],
                0.0,
            )
        })
    }

    /// The sums of the order, its tax by rate among them, the total last and large.
    fn sums(self, order: &'a DocumentContent) -> Part<'a> {
        Box::new(move |width| {
            let mut rows = sums::rows(order, &self.figures);
            let total = rows.pop();
            let by_rate = order.taxes.iter().filter(|_| sums::one_rate(order).is_none()).map(|tax| {
                let rate = self.figures.percent(Some(tax.percent));
                (format!("{} {rate}", self.word("form.sum.tax")), self.figures.money(tax.tax))
            });
            rows.extend(by_rate);
            let small = rows.iter().map(|(label, figure)| Block::spread((label, TEXT), (figure, TEXT), width));
            let large = STRONG.size(11.5);
            let total = total.iter().map(|(label, figure)| Block::spread((label, large), (figure, large), width));
            Block::stack(small.chain(total), gap::TIGHT)
        })
    }

    fn payment(self) -> Part<'a> {
        Box::new(move |width| {
            let (receipt, payment) = (self.receipt, &self.receipt.payment);
            let row = |label: &str, minor: i64| Block::spread((label, TEXT), (&self.figures.money(minor), TEXT), width);
            let some = |key: &str, minor: i64| if minor == 0 { Block::default() } else { row(&self.word(key), minor) };
            let method = |(name, minor): &(String, i64)| row(&terms::method(receipt.lang, name), *minor);
            let mut blocks: Vec<Block> = receipt.tenders.iter().map(method).collect();
            blocks.push(some("form.change", payment.change));
            blocks.push(some("form.rounding", payment.rounding));
            let paid = self.word(if payment.amount < 0 { "form.refunded" } else { "form.paid" });
            blocks.push(Block::spread((&paid, STRONG), (&self.figures.money(payment.amount), STRONG), width));
            blocks.push(some("form.advance", payment.advance));
            if let Some(order) = receipt.order.as_ref().filter(|_| !payment.voided) {
                let all = if order.sums.paid == payment.amount { 0 } else { order.sums.paid };
                blocks.push(some("form.paid_in_all", all));
                let (label, amount) = sums::left(order.sums.debt, &self.figures);
                blocks.push(Block::spread((&label, TEXT), (&amount, TEXT), width));
            }
            Block::stack(blocks, gap::TIGHT)
        })
    }

    /// That it is no fiscal receipt, room for the number of the one that is, and the codes.
    fn end(self) -> Result<Part<'a>> {
        let (payment, issuer) = (&self.receipt.payment, &self.receipt.issuer);
        let code = codes::number(payment.number)?;
        let amount = crate::base::money::Money::new(payment.amount, payment.currency);
        let qr = codes::qr(&codes::about(&issuer.name, payment.number, payment.date, amount))?;
        Ok(Box::new(move |width| {
            let words = Block::text(&self.word("form.not_fiscal"), STRONG.align(Align::Centre), width);
            let room = Block::signature(&self.word("form.fiscal_number"), "", width);
            let codes = Block::apart(code.clone(), qr.clone(), width);
            Block::stack([words, room, Block::space(gap::TIGHT), codes], gap::SMALL)
        }))
    }
}

/// A text, or nothing at all where it is empty.
fn shown(text: &str, style: Style) -> Part<'_> {
    Box::new(move |width| if text.trim().is_empty() { Block::default() } else { Block::text(text, style, width) })
}
