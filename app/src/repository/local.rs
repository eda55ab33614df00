use std::{any::Any, future::Future, pin::Pin, sync::Arc};

use sync::{AnyQuery, Query, ReadProblem};

/// The store's answers for one request: the implementation knows who asks.
pub trait Reads: Send + Sync {
    /// The [`Query::View`] of the question, boxed.
    fn read(&self, query: AnyQuery) -> AnyView;
}

/// A view on its way, of the type its question names.
pub type AnyView = Pin<Box<dyn Future<Output = Result<Box<dyn Any + Send>, ReadProblem>> + Send>>;

/// Given as context by the server to every page it renders.
#[derive(Clone)]
pub struct LocalRepository(pub Arc<dyn Reads>);

pub(super) async fn answer<Q: Query>(
    repository: Option<LocalRepository>,
    query: Q,
) -> Result<Q::View, ReadProblem> {
    let LocalRepository(reads) = repository.ok_or(ReadProblem::Unreachable)?;
    let view = reads.read(query.any()).await?;
    let view = view
        .downcast::<Q::View>()
        .map_err(|_| ReadProblem::Failed {
            id: std::any::type_name::<Q>().to_owned(),
        })?;
    Ok(*view)
}
