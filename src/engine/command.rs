//! Commands: every write of the program, each with a name, the right it needs and how it is taken back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::base::error::{Error, Result};
use crate::base::right::Right;
use crate::engine::fields;
use crate::engine::store::{Business, Call};
use crate::engine::tx::{Actor, Tx};
use crate::engine::value::damaged;

/// What somebody must be allowed to do before anything runs. There is no "nothing": deny by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Only the program itself, while it sets up a company.
    System,
    /// Anyone signed in: one's own password, one's own undo.
    SignedIn,
    /// One right.
    Right(Right),
    /// The first for records one answers for, the second for everyone's; the command looks whose it is.
    Own(Right, Right),
}

impl Need {
    /// Rejected when the actor may not even begin.
    pub fn admit(self, actor: &Actor) -> Result<()> {
        match self {
            Need::System if actor.user == 0 => Ok(()),
            Need::System => Err(Error::rejected("error.only_setup")),
            Need::SignedIn => Ok(()),
            Need::Right(right) => actor.require(right),
            Need::Own(_, all) if actor.can(all) => Ok(()),
            Need::Own(own, _) => actor.require(own),
        }
    }

    /// The rights in words of the fixed list, for `patver list`.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Need::System => vec!["system"],
            Need::SignedIn => vec!["signed-in"],
            Need::Right(right) => vec![right.code()],
            Need::Own(own, all) => vec![own.code(), all.code()],
        }
    }
}

/// How a command is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// By the inverse of its journal diffs.
    Generic,
    /// Posted: by a reversing document, which `reverse` names.
    Reversal,
    /// Not at all: rights, passwords, settings of numbering.
    Never,
}

/// A command by its name, with its arguments.
pub type Named = (&'static str, Json);

/// One write of the program.
pub trait Command: Serialize + DeserializeOwned {
    /// Verb and noun, as the command line and the journal write it.
    const NAME: &'static str;
    /// What the sender must be allowed to do.
    const NEED: Need;
    /// How it is taken back.
    const UNDO: Undo;
    /// Whether it leaves a journal entry. One that does not changes no journaled table and has no use for a command id.
    const JOURNALED: bool = true;
    /// What it answers.
    type Output: Serialize + DeserializeOwned;

    /// Loads, decides, writes. Rejected by a rule: nothing is changed.
    fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output>;

    /// What the journal keeps of the answer: all of it, unless a command answers a secret and leaves that out here.
    fn kept(output: &Self::Output) -> Result<Json> {
        serde_json::to_value(output).map_err(damaged)
    }

    /// For `Undo::Reversal`: the command that reverses this one, with its arguments.
    fn reverse(&self, _output: &Self::Output) -> Option<Named> {
        None
    }
}

/// A command without its type: what the registry holds.
pub struct CommandEntry {
    /// Its name.
    pub name: &'static str,
    /// What it needs.
    pub need: Need,
    /// How it is taken back.
    pub undo: Undo,
    /// Whether it leaves a journal entry.
    pub journaled: bool,
    /// The names of its arguments.
    pub fields: fn() -> Vec<&'static str>,
    pub(crate) told: fn(Json) -> Result<Vec<u8>>,
    pub(crate) run: fn(&mut Tx<'_>, Arguments) -> Result<Ran>,
    pub(crate) reverse: fn(&[u8], &str) -> Result<Option<Named>>,
}

/// Arguments as they come: typed by a person or a script, or out of the journal.
pub(crate) enum Arguments {
    Json(Json),
    Cbor(Vec<u8>),
}

/// A command as somebody sends it.
pub(crate) struct Sent {
    /// Which.
    pub entry: &'static CommandEntry,
    /// Its arguments as the journal keeps them, where it has an id by which it may come again.
    pub arguments: Option<Vec<u8>>,
}

impl Sent {
    /// A command with its type.
    pub fn typed<C: Command>(call: &Call, business: &Business, command: &C) -> Result<Sent> {
        let arguments = call.command_id.map(|_| to_cbor(command)).transpose()?;
        Ok(Sent { entry: business.command(C::NAME)?, arguments })
    }

    /// A command by its name.
    pub fn named(call: &Call, entry: &'static CommandEntry, arguments: &Json) -> Result<Sent> {
        let arguments = call.command_id.map(|_| (entry.told)(arguments.clone())).transpose()?;
        Ok(Sent { entry, arguments })
    }
}

/// What a command without its type answered, and its arguments and answer as the journal keeps them.
pub(crate) struct Ran {
    pub arguments: Vec<u8>,
    pub output: Json,
    pub kept: Json,
}

impl Ran {
    /// What running a command came to.
    pub fn of<C: Command>(command: &C, output: &C::Output) -> Result<Ran> {
        let answered = serde_json::to_value(output).map_err(damaged)?;
        Ok(Ran { arguments: to_cbor(command)?, output: answered, kept: C::kept(output)? })
    }
}

impl CommandEntry {
    /// The entry of a command.
    pub const fn of<C: Command>() -> CommandEntry {
        CommandEntry {
            name: C::NAME,
            need: C::NEED,
            undo: C::UNDO,
            journaled: C::JOURNALED,
            fields: fields::of::<C>,
            told: told_erased::<C>,
            run: run_erased::<C>,
            reverse: reverse_erased::<C>,
        }
    }
}

impl Tx<'_> {
    /// Runs another command as a part of this one: its own right is needed, and one journal entry holds both.
    pub fn run_inner(&mut self, name: &str, arguments: Json) -> Result<Json> {
        let entry = self.business.command(name)?;
        entry.need.admit(&self.actor)?;
        Ok((entry.run)(self, Arguments::Json(arguments))?.output)
    }

    /// Does a part of this command that may fail alone: then only what it did is taken back.
    pub fn apart<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = std::mem::take(&mut self.changes);
        self.db.execute_all("SAVEPOINT part")?;
        let done = part(self);
        let changes = std::mem::replace(&mut self.changes, before);
        if done.is_err() {
            if self.db.connection.is_autocommit() {
                return done;
            }
            self.db.execute_all("ROLLBACK TO part")?;
        } else {
            for (row, change) in changes {
                match self.changes.get_mut(&row) {
                    Some(earlier) => earlier.after = change.after,
                    None => drop(self.changes.insert(row, change)),
                }
            }
        }
        self.db.execute_all("RELEASE part")?;
        done
    }
}

fn told_erased<C: Command>(json: Json) -> Result<Vec<u8>> {
    to_cbor(&fields::read::<C>(json)?)
}

fn run_erased<C: Command>(tx: &mut Tx<'_>, arguments: Arguments) -> Result<Ran> {
    let command: C = match arguments {
        Arguments::Json(json) => fields::read(json)?,
        Arguments::Cbor(bytes) => ciborium::from_reader(bytes.as_slice()).map_err(damaged)?,
    };
    let output = command.run(tx)?;
    Ran::of(&command, &output)
}

fn reverse_erased<C: Command>(arguments: &[u8], result: &str) -> Result<Option<Named>> {
    let command: C = ciborium::from_reader(arguments).map_err(damaged)?;
    let output: C::Output = serde_json::from_str(result).map_err(damaged)?;
    Ok(command.reverse(&output))
}

fn to_cbor(command: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ciborium::into_writer(command, &mut bytes).map_err(damaged)?;
    Ok(bytes)
}
