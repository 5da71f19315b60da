//! Waits for programs that start slowly: their late answer to a question that was given up is not taken for another's.
//!
//! A client asks a server for what it can (`server/discover`), and after ten seconds begins as older servers expect
//! (`initialize`). A program that needed longer to start then answers both.

use rmcp::{
    RoleClient,
    model::{ClientRequest, JsonRpcMessage, RequestId},
    service::{RxJsonRpcMessage, TxJsonRpcMessage},
    transport::Transport,
};

/// A transport on which requests from before `initialize` are forgotten.
pub(crate) struct Patient<T> {
    inner: T,
    /// Requests that wait for an answer until the client begins anew.
    before: Vec<RequestId>,
    given_up: Vec<RequestId>,
}

impl<T> Patient<T> {
    pub(crate) fn new(inner: T) -> Self {
        Self { inner, before: Vec::new(), given_up: Vec::new() }
    }

    fn note(&mut self, message: &TxJsonRpcMessage<RoleClient>) {
        let JsonRpcMessage::Request(request) = message else { return };
        if matches!(request.request, ClientRequest::DiscoverRequest(_)) {
            self.before.push(request.id.clone());
        }
        if matches!(request.request, ClientRequest::InitializeRequest(_)) {
            self.given_up.append(&mut self.before);
        }
    }

    fn is_late(&self, message: &RxJsonRpcMessage<RoleClient>) -> bool {
        let id = match message {
            JsonRpcMessage::Response(response) => Some(&response.id),
            JsonRpcMessage::Error(error) => error.id.as_ref(),
            JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => None,
        };
        id.is_some_and(|id| self.given_up.contains(id))
    }
}

impl<T: Transport<RoleClient>> Transport<RoleClient> for Patient<T> {
    type Error = T::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleClient>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.note(&item);
        self.inner.send(item)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
        loop {
            let message = self.inner.receive().await?;
            if !self.is_late(&message) {
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.inner.close().await
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::ready};

    use serde_json::json;

    use super::*;

    /// Answers from a list.
    struct Listed(Vec<RxJsonRpcMessage<RoleClient>>);

    impl Transport<RoleClient> for Listed {
        type Error = Infallible;

        fn send(
            &mut self,
            _item: TxJsonRpcMessage<RoleClient>,
        ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
            ready(Ok(()))
        }

        async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleClient>> {
            (!self.0.is_empty()).then(|| self.0.remove(0))
        }

        async fn close(&mut self) -> Result<(), Self::Error> {
            Ok(())
        }
    }

    fn sent(id: u32, method: &str) -> TxJsonRpcMessage<RoleClient> {
        let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"},
            "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}});
        serde_json::from_value(
            json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}),
        )
        .unwrap()
    }

    fn refused(id: u32) -> RxJsonRpcMessage<RoleClient> {
        serde_json::from_value(
            json!({"jsonrpc": "2.0", "id": id, "error": {"code": -32601, "message": "no"}}),
        )
        .unwrap()
    }

    #[tokio::test]
    async fn a_late_answer_to_what_was_given_up_is_passed_over() {
        let mut transport = Patient::new(Listed(vec![refused(0), refused(1)]));
        transport.send(sent(0, "server/discover")).await.unwrap();
        transport.send(sent(1, "initialize")).await.unwrap();
        let JsonRpcMessage::Error(first) = transport.receive().await.unwrap() else { panic!() };
        assert_eq!(first.id, Some(RequestId::Number(1)));
        assert!(transport.receive().await.is_none());

        let mut quick = Patient::new(Listed(vec![refused(0)]));
        quick.send(sent(0, "server/discover")).await.unwrap();
        assert!(quick.receive().await.is_some());
    }
}
