//! A browser's connection, from its handshake to its end.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncWriteExt, duplex, sink, split},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, sleep_until, timeout},
};

use crate::{
    carry::Way,
    exchange,
    fault::{How, Side},
    line::Line,
    listen::accept,
    talk::Talk,
};

/// Between the line and the exchange: a few segments, so that the line is what holds bytes back.
const BUFFER: usize = 8 * 1024;
/// How long the server has for what arrived before its browser was gone.
const GRACE: Duration = Duration::from_millis(100);
/// How long a browser that was told the end may take to end, too.
const FAREWELL: Duration = Duration::from_secs(1);

pub async fn serve_all(line: &Arc<Line>, listener: &TcpListener) -> Infallible {
    loop {
        let stream = accept(listener).await;
        if line.network.is_down() {
            line.seen.refused();
            close(stream, How::Rst).await;
        } else {
            line.seen.connection();
            tokio::spawn(serve(Arc::clone(line), stream));
        }
    }
}

async fn serve(line: Arc<Line>, mut stream: TcpStream) {
    let goes_down = line.network.goes_down();
    let begins = Instant::now() + line.handshake();
    // Segments are timed here, not by the kernel.
    _ = stream.set_nodelay(true);
    let talk = Arc::new(Talk::new(line));
    let (near, far) = duplex(BUFFER);
    let exchanges = exchange::serve(Arc::clone(&talk), far);
    let how = {
        let (from_browser, mut to_browser) = stream.split();
        let (answers, mut requests) = split(near);
        let way = |side| Way { talk: &talk, side };
        let up = async {
            sleep_until(begins).await;
            way(Side::Request).carry(from_browser, &mut requests).await;
            // Cut or left by its browser: the server hears of it, after what it has got.
            _ = requests.shutdown().await;
            sleep(GRACE).await;
        };
        let down = async {
            let cut = way(Side::Answer).carry(answers, &mut to_browser).await;
            if cut == Some(How::Swallow) {
                // Until the browser has had enough.
                pending::<()>().await;
            }
        };
        tokio::select! {
            () = up => talk.ending(),
            () = down => talk.ending(),
            () = goes_down => How::Rst,
            never = exchanges => match never {},
        }
    };
    close(stream, how).await;
}

async fn close(mut stream: TcpStream, how: How) {
    if how == How::Rst {
        // Without it, closing would send what is left and a FIN.
        _ = stream.set_zero_linger();
        return;
    }
    _ = stream.shutdown().await;
    // Closing while there is something to read would reset what was sent.
    _ = timeout(FAREWELL, tokio::io::copy(&mut stream, &mut sink())).await;
}
