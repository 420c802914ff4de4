//! What can be typed: verbs, arguments, options. Words for people are put in by `help`, from the locale.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use uuid::Uuid;

use crate::base::date::Date;
use crate::base::locale::Lang;

#[derive(Parser)]
#[command(
    name = "patver",
    version,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub(crate) struct Usage {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

#[derive(Args, Clone, Default)]
pub(crate) struct Common {
    #[arg(long, global = true, value_name = "F")]
    pub file: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LOGIN")]
    pub user: Option<String>,
    #[arg(long, global = true, value_name = "CODE", value_parser = Lang::parse)]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "UUID")]
    pub command_id: Option<Uuid>,
    #[arg(long, global = true)]
    pub confirm: bool,
    #[arg(long, global = true)]
    pub json_errors: bool,
    #[arg(long, global = true)]
    pub details: bool,
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    pub help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    New(New),
    Demo(Demo),
    Recover,
    Run(Run),
    Query(Query),
    Report(Report),
    Print(Print),
    Import(Import),
    Export(Export),
    Check(Check),
    Backup(Backup),
    Restore(Restore),
    Training,
    Bench(Bench),
    List(List),
    Help(Help),
    Completions(Completions),
}

impl Verb {
    /// Whether `--command-id` means something to it.
    pub(crate) fn takes_command_id(&self) -> bool {
        matches!(self, Verb::Run(_))
    }

    /// Whether `--confirm` means something to it.
    pub(crate) fn takes_confirm(&self) -> bool {
        matches!(self, Verb::Run(_) | Verb::Import(_) | Verb::Restore(_) | Verb::Training)
    }
}

#[derive(Args)]
pub(crate) struct New {
    #[arg(value_name = "F")]
    pub path: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub company: String,
    #[arg(long, value_name = "CODE")]
    pub country: String,
    #[arg(long, value_name = "CODE")]
    pub currency: String,
    #[arg(long, value_name = "CODE", value_parser = Lang::parse)]
    pub language: Lang,
    #[arg(long, value_name = "LOGIN")]
    pub owner: String,
    #[arg(long, value_name = "NAME")]
    pub owner_name: Option<String>,
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
}

#[derive(Args)]
pub(crate) struct Demo {
    #[arg(value_name = "F")]
    pub path: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 300, hide_default_value = true)]
    pub orders: u32,
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub today: Option<Date>,
}

#[derive(Args)]
pub(crate) struct Run {
    #[arg(value_name = "COMMAND")]
    pub name: String,
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pairs", "json", "keep"])]
    pub jsonl: Option<PathBuf>,
    #[arg(long, value_name = "KEY=FILE")]
    pub keep: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Query {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Report {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<String>,
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ReportFormat::Table, hide_default_value = true)]
    pub format: ReportFormat,
    #[arg(long, value_name = "F")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Table,
    Csv,
    Json,
    Xlsx,
    Pdf,
}

#[derive(Args)]
pub(crate) struct Print {
    #[arg(value_name = "FORM")]
    pub form: String,
    #[arg(value_name = "KEY=VALUE")]
    pub pairs: Vec<String>,
    #[arg(long, value_name = "F.pdf")]
    pub out: PathBuf,
    #[arg(long)]
    pub copy: bool,
    #[arg(long, value_name = "CODE", value_parser = Lang::parse)]
    pub language: Option<Lang>,
}

#[derive(Args)]
pub(crate) struct Import {
    #[arg(value_name = "KIND")]
    pub kind: String,
    #[arg(value_name = "F")]
    pub source: PathBuf,
    #[arg(long, value_name = "M.json")]
    pub mapping: Option<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "R.csv")]
    pub rejects: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Export {
    #[arg(value_name = "KIND")]
    pub kind: String,
    #[arg(long, value_name = "F")]
    pub out: PathBuf,
}

#[derive(Args)]
pub(crate) struct Check {
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Args)]
pub(crate) struct Backup {
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub also: Option<PathBuf>,
    #[arg(long = "try", value_name = "BACKUP", conflicts_with_all = ["to", "also"])]
    pub tried: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Restore {
    #[arg(value_name = "BACKUP")]
    pub backup: PathBuf,
    #[arg(long, value_name = "F")]
    pub into: PathBuf,
}

#[derive(Args)]
pub(crate) struct Bench {
    #[arg(long, value_name = "N", default_value_t = 1_000_000, hide_default_value = true)]
    pub orders: u64,
    #[arg(long, value_name = "F")]
    pub keep: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct List {
    #[arg(value_name = "WHAT", value_enum)]
    pub what: Registry,
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Registry {
    Commands,
    Queries,
    Reports,
    Forms,
    Imports,
    Exports,
}

#[derive(Args)]
pub(crate) struct Help {
    #[arg(value_name = "VERB")]
    pub verb: Option<String>,
}

#[derive(Args)]
pub(crate) struct Completions {
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}
