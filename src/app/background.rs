//! Work before there is a company file to work on: on its own thread, its answer taken when it is there.

use std::sync::mpsc::{Receiver, channel};
use std::thread::Builder;

use egui::Context;

use crate::base::error::{Error, Result};

/// Work under way.
pub(crate) struct Background<T>(Option<Receiver<Result<T>>>);

impl<T: Send + 'static> Background<T> {
    /// No work.
    pub(crate) const fn none() -> Background<T> {
        Background(None)
    }

    /// Begins; the window is drawn again when it is done.
    pub(crate) fn begin(&mut self, ctx: &Context, work: impl FnOnce() -> Result<T> + Send + 'static) {
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let refused = send.clone();
        let started = Builder::new().name("patver-setup".to_owned()).spawn(move || {
            // Nobody waits any more where the window is closed.
            drop(send.send(work()));
            ctx.request_repaint();
        });
        if let Err(error) = started {
            drop(refused.send(Err(Error::failure("error.no_thread", error))));
        }
        self.0 = Some(receive);
    }

    /// The answer, once, when it is there.
    pub(crate) fn poll(&mut self) -> Option<Result<T>> {
        let answer = self.0.as_ref()?.try_recv().ok();
        if answer.is_some() {
            self.0 = None;
        }
        answer
    }

    /// Whether an answer is awaited.
    pub(crate) fn is_under_way(&self) -> bool {
        self.0.is_some()
    }
}
