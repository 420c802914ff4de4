//! The scanner of a workplace: how it is set up, kept between runs, and the serial line that is listened to.

use serde::{Deserialize, Serialize};

use crate::platform::{SerialLine, Workplace};
use crate::ui::scan::Wedge;

const NAME: &str = "scanner";

/// How fast serial scanners speak, in signs a second, the usual first.
pub const BAUDS: [u32; 6] = [9_600, 19_200, 38_400, 57_600, 115_200, 4_800];

/// How the scanner of a workplace is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    /// How one that types does it; none before it was measured.
    pub wedge: Option<Wedge>,
    /// The serial line of one that does not type.
    pub line: Option<Line>,
    /// Whether the same code counts again when the scanner gives it twice at once.
    pub repeats: bool,
}

/// A serial line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its name, such as `/dev/ttyUSB0` or `COM3`.
    pub name: String,
    /// Signs a second.
    pub baud: u32,
}

/// The scanner of this workplace.
#[derive(Debug, Default)]
pub struct Scanner {
    setup: Setup,
    listening: Option<(Line, SerialLine)>,
}

impl Scanner {
    /// As it was set up here.
    pub fn kept(workplace: &Workplace) -> Scanner {
        let kept = workplace.kept(NAME).and_then(|text| serde_json::from_str(&text).ok());
        Scanner { setup: kept.unwrap_or_default(), listening: None }
    }

    /// How it is set up.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Sets it up, now and for the next runs.
    pub fn set_up(&mut self, setup: Setup, workplace: &Workplace) {
        if let Ok(text) = serde_json::to_string(&setup) {
            workplace.keep(NAME, &text);
        }
        self.setup = setup;
    }

    /// The next code from the serial line; listens to the line that is set up, and calls `wake` when something came.
    pub fn next(&mut self, wake: impl Fn() + Send + 'static) -> Option<String> {
        let wanted = self.setup.line.as_ref();
        if self.listening.as_ref().map(|(line, _)| line) != wanted {
            self.listening = wanted.map(|line| (line.clone(), SerialLine::listen(&line.name, line.baud, wake)));
        }
        self.listening.as_ref()?.1.next()
    }

    /// Whether the serial line is there; nothing where none is set up.
    pub fn is_connected(&self) -> Option<bool> {
        self.setup.line.as_ref()?;
        Some(self.listening.as_ref().is_some_and(|(_, line)| line.is_connected()))
    }
}
