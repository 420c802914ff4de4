//! Documents and real tools that the tests of printed forms share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)] // Each test file uses its part.

use std::path::Path;
use std::process::Command;

use patver::base::currency::Currency;
use patver::base::id::Id;
use patver::base::locale::Lang;
use patver::base::money::{Money, Percent};
use patver::domain::document::{DocumentContent, DocumentLine, DocumentSums, DocumentTax, Party};
use patver::domain::number::Number;
use patver::domain::order::OrderKind;
use patver::domain::order::due::Due;
use patver::domain::order::states::Status;
use patver::domain::order::totals::{Discount, Document, Line, LineTax, Place, totals};
use patver::domain::payment::{Payment, PaymentKind};
use patver::forms::receipt::Receipt;
use patver::forms::{invoice, order};

/// Runs a tool in a folder and gives what it printed; a missing tool fails with the package to install.
pub fn run(package: &str, program: &str, args: &[&str], dir: &Path) -> String {
    let output = Command::new(program)
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap_or_else(|e| panic!("{program} does not start ({e}): install the Debian package {package}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// The text of a PDF as one line of words: where a line breaks on paper is not what is compared.
pub fn words_of(dir: &Path, name: &str) -> String {
    words(&run("poppler-utils", "pdftotext", &["-layout", "-enc", "UTF-8", name, "-"], dir))
}

/// One line of words.
pub fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that fits no line.
pub const LONG: &str =
    "Սահմանափակ պատասխանատվությամբ ընկերություն «Հյուսիս-արևմտյան գրասենյակային կահույք և սարքավորումներ» ";

/// A small picture as a PNG file.
pub fn logo() -> Vec<u8> {
    let image = image::RgbaImage::from_fn(96, 32, |x, y| {
        image::Rgba([u8::try_from(x * 2).unwrap(), 90, 140, if y > 8 { 255 } else { 0 }])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

/// A line from plain decimals: quantity, price, discount in percents, tax in percents or none.
pub fn line(quantity: &str, price: &str, discount: &str, tax: Option<&str>) -> Line {
    Line {
        quantity: quantity.parse().unwrap(),
        price: price.parse().unwrap(),
        discount: Discount::Percent(discount.parse().unwrap()),
        tax: tax.map(|percent| LineTax { key: 1, percent: percent.parse().unwrap() }),
        corrected: None,
    }
}

/// A document of these lines, its totals by the program's own function, nothing paid yet.
pub fn content(document: &Document, describe: impl Fn(usize) -> (String, String)) -> DocumentContent {
    let sums = totals(document).unwrap();
    let lines = document.lines.iter().zip(&sums.lines).enumerate().map(|(at, (line, amounts))| {
        let (text, unit) = describe(at);
        DocumentLine {
            text,
            unit,
            quantity: line.quantity,
            price: line.price,
            discount: amounts.discount.minor(),
            tax_percent: line.tax.map(|tax| tax.percent),
            net: amounts.net.minor(),
            tax: amounts.tax.minor(),
            total: amounts.gross.minor(),
            correction_reason: line.corrected.map(|_| "Պայմանավորված գին".to_owned()).unwrap_or_default(),
            fields: Vec::new(),
        }
    });
    DocumentContent {
        kind: OrderKind::Order,
        number: Number::new(123),
        order_number: Number::new(45),
        date: "2026-11-24".parse().unwrap(),
        due: Due::none(),
        issuer: Party::default(),
        customer: Party::default(),
        language: "hy".to_owned(),
        currency: document.currency,
        prices_include_tax: document.prices_include_tax,
        lines: lines.collect(),
        taxes: by_percent(
            &sums.taxes.iter().map(|tax| (tax.rate.percent, [tax.net, tax.tax, tax.gross])).collect::<Vec<_>>(),
        ),
        sums: DocumentSums {
            discount: sums.discount.minor(),
            net: sums.net.minor(),
            tax: sums.tax.minor(),
            total: sums.gross.minor(),
            paid: 0,
            debt: sums.gross.minor(),
        },
        responsible: "Անի Գևորգյան".to_owned(),
        note: String::new(),
        fields: Vec::new(),
    }
}

/// Rates of one percent in one row, as a document keeps them.
fn by_percent(rates: &[(Percent, [Money; 3])]) -> Vec<DocumentTax> {
    let mut taxes: Vec<DocumentTax> = Vec::new();
    for (percent, amounts) in rates {
        let [net, tax, total] = amounts.map(Money::minor);
        match taxes.iter_mut().find(|known| known.percent == *percent) {
            Some(known) => {
                (known.net, known.tax, known.total) = (known.net + net, known.tax + tax, known.total + total)
            }
            None => taxes.push(DocumentTax { percent: *percent, net, tax, total }),
        }
    }
    taxes
}

/// The names and words of a shop in one language.
pub struct Shop {
    pub lang: Lang,
    pub issuer: Party,
    pub customer: Party,
    pub goods: [(&'static str, &'static str); 4],
    pub reason: &'static str,
    pub note: &'static str,
}

/// A shop whose papers are in this language; its names are of every script.
pub fn shop(lang: Lang) -> Shop {
    let text = |hy: &'static str, ru: &'static str, en: &'static str| match lang {
        Lang::HY => hy,
        Lang::RU => ru,
        _ => en,
    };
    let own = |text: &str| text.to_owned();
    Shop {
        lang,
        issuer: Party {
            name: own(text("«Արագած Գրասենյակ» ՍՊԸ", "ООО «Арагац Офис»", "Aragats Office LLC")),
            tax_id: own("01234567"),
            vat_number: own("01234567/1"),
            address: own(text(
                "ք. Երևան 0002, Մաշտոցի պող. 12/3",
                "г. Ереван 0002, пр. Маштоца, 12/3",
                "12/3 Mashtots Avenue, Yerevan 0002",
            )),
            phone: own("+374 10 123456"),
            email: own("info@aragats.example"),
            bank_name: own(text("«Ամերիաբանկ» ՓԲԸ", "ЗАО «Америабанк»", "Ameriabank CJSC")),
            bank_account: own("1570012345678901"),
            director: own(text("Վ. Ծատուրյան", "В. Цатурян", "V. Tsaturyan")),
            accountant: own(text("Մ. Եղիազարյան", "М. Егиазарян", "M. Yeghiazaryan")),
            logo: None,
            fields: Vec::new(),
        },
        customer: Party {
            name: own(text(
                "Ծովինար Գևորգյան և որդիներ ՓԲԸ",
                "ЗАО «Съёмочный цех № 5 Ծովինար»",
                "Façade & Größe Ծովինար Ltd",
            )),
            tax_id: own("07654321"),
            address: own(text(
                "ք. Գյումրի, Անկախության հրապ. 1, բն. 7",
                "г. Гюмри, пл. Независимости, 1, кв. 7",
                "1 Independence Square, apt. 7, Gyumri",
            )),
            phone: own("+374 93 765432"),
            bank_account: own("2050098765432109"),
            bank_name: own(text("«Ինեկոբանկ» ՓԲԸ", "ЗАО «Инекобанк»", "Inecobank CJSC")),
            ..Party::default()
        },
        goods: [
            (
                text(
                    "Գրասենյակային աթոռ «Սևան», սև կաշվից, կարգավորվող հենակներով և անիվներով",
                    "Кресло офисное «Севан», чёрная кожа, с регулируемыми подлокотниками",
                    "Office chair “Sevan”, black leather, with adjustable armrests",
                ),
                "հատ",
            ),
            (
                text(
                    "Տպագրության ծառայություն՝ բրոշյուր A5",
                    "Услуги печати: брошюра A5",
                    "Printing service: A5 brochure",
                ),
                "հատ",
            ),
            (text("Թուղթ «Снегурочка» 80 գ/մ²", "Бумага «Снегурочка» 80 г/м²", "Paper “Снегурочка” 80 g/m²"), "կգ"),
            (text("Առաքում քաղաքում", "Доставка по городу", "Delivery in town"), ""),
        ],
        reason: text("Պայմանավորված գին", "Цена по договорённости", "As agreed with the customer"),
        note: text("Զանգահարել առաքումից մեկ ժամ առաջ", "Позвонить за час до доставки", "Call an hour before delivery"),
    }
}

/// The shop's usual document: four lines, two tax rates, a discount, a correction, a part paid.
pub fn usual(lang: Lang) -> DocumentContent {
    let shop = shop(lang);
    let mut lines = vec![
        line("12", "24500", "0", Some("20")),
        line("1500", "85.5", "5", Some("20")),
        line("2.375", "1240.004", "0", Some("10")),
        line("1", "3000", "0", None),
    ];
    lines[3].corrected = Some(Money::new(250_000, Currency::AMD));
    let document = Document { currency: Currency::AMD, prices_include_tax: true, rounding: Place::Line, lines };
    let mut content = content(&document, |at| (shop.goods[at].0.to_owned(), shop.goods[at].1.to_owned()));
    content.lines[3].correction_reason = shop.reason.to_owned();
    content.issuer = shop.issuer;
    content.customer = shop.customer;
    content.language = lang.code().to_owned();
    content.due = "2026-12-01T18:00".parse().unwrap();
    content.note = shop.note.to_owned();
    content.sums.paid = 10_000_000;
    content.sums.debt = content.sums.total - content.sums.paid;
    content
}

/// An invoice that stands, in this language.
pub fn standing(lang: Lang) -> invoice::Beside {
    invoice::Beside { lang, copy: false, voided: None, fiscal_number: String::new(), logo: None }
}

/// A confirmed order, in this language.
pub fn confirmed(lang: Lang) -> order::Beside {
    order::Beside { lang, copy: false, state: Status::Confirmed, logo: None }
}

/// A receipt of cash and card for this order.
pub fn receipt(order: DocumentContent, lang: Lang) -> Receipt {
    let payment = Payment {
        id: Id::new(1),
        version: 1,
        kind: PaymentKind::Payment,
        number: Number::new(77),
        date: order.date,
        taken_at: patver::base::date::Instant::from_millis(0),
        user_id: Id::new(1),
        counterparty_id: Id::new(1),
        order_id: Some(Id::new(1)),
        currency: order.currency,
        amount: 10_000_000,
        received: 10_050_000,
        change: 50_000,
        rounding: 0,
        advance: 0,
        reverses_id: None,
        voided: false,
        reason: String::new(),
        note: String::new(),
    };
    Receipt {
        payment,
        time: "18:05".to_owned(),
        cashier: order.responsible.clone(),
        tenders: vec![("Կանխիկ".to_owned(), 4_050_000), ("Քարտ".to_owned(), 6_000_000)],
        issuer: order.issuer.clone(),
        customer: order.customer.name.clone(),
        order: Some(order),
        lang,
        copy: false,
        logo: None,
    }
}
