/* Runs in the page before anything else: notes when the page last changed, what went over the
   socket, and how long the browser was busy, from the press that `arm` waits for until rest. */

(() => {
  const QUIET = 300; // ms without a change or a message after which the page is at rest
  const FINISHED = 6; // ForwardMsg.script_finished
  const UNFINISHED = "[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]";
  let noted;

  function arm() {
    noted = { pressed: null, last: null, what: "", changes: 0, runs: 0, frames: [], long: [] };
    noted.after = performance.now();
  }
  arm();

  // A closed press counts from the event's own time, so the wait for the main thread is in it.
  const press = (event) => {
    if (event.isTrusted) noted.pressed ??= event.timeStamp;
  };
  for (const kind of ["click", "keydown"]) addEventListener(kind, press, { capture: true });

  const name = (node) => {
    const at = node instanceof Element ? node : (node.parentElement ?? node.host);
    return at?.closest?.("[data-testid]")?.dataset.testid ?? at?.nodeName ?? "document";
  };
  const observer = new MutationObserver((records) => {
    noted.last = performance.now();
    noted.changes += records.length;
    noted.what = `${name(records.at(-1).target)} ${records.at(-1).attributeName ?? ""}`.trim();
  });
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  observer.observe(document, all);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    observer.observe(root, all);
    return root;
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.startTime >= noted.after) noted.long.push(entry.duration);
    }
  }).observe({ type: "longtask" });

  /** The numbers of a protobuf message's own fields; the kind of a ForwardMsg is one of them. */
  function fields(bytes) {
    const found = [];
    let at = 0;
    const varint = () => {
      let [value, scale, byte] = [0, 1, 128];
      while (byte > 127) {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      }
      return value;
    };
    while (at < bytes.length) {
      const tag = varint();
      found.push(Math.floor(tag / 8));
      const length = { 0: () => (varint(), 0), 1: () => 8, 2: varint, 5: () => 4 }[tag % 8]();
      at += length;
    }
    return found;
  }

  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => {
        const kinds = fields(new Uint8Array(data));
        noted.runs += kinds.includes(FINISHED);
        noted.frames.push({ at: performance.now(), bytes: data.byteLength, kinds });
      });
    }

    send(data) {
      noted.frames.push({ at: performance.now(), bytes: data.byteLength ?? data.size, kinds: null });
      super.send(data);
    }
  };

  const idle = () =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    !document.querySelector(UNFINISHED);

  /** What was noted since `arm`, once a run of the script is over and nothing moves any more. */
  function rest(runs, most) {
    const began = performance.now();
    return new Promise((done, failed) => {
      const look = setInterval(() => {
        const now = performance.now();
        const latest = Math.max(noted.last ?? 0, noted.frames.at(-1)?.at ?? 0, noted.after);
        if (noted.runs >= runs && idle() && now - latest > QUIET) {
          clearInterval(look);
          done({ ...noted, origin: performance.timeOrigin });
        } else if (now - began > most) {
          clearInterval(look);
          const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
          const ago = Math.round(now - latest);
          const why = document.querySelector(UNFINISHED)?.outerHTML.slice(0, 200);
          failed(new Error(`no rest: ${noted.runs} runs, ${state}, ${noted.what} ${ago} ms ago, ${why}`));
        }
      }, 20);
    });
  }

  /** From a press to the next drawn frame: the browser's call before it paints, and the task after. */
  async function drawn() {
    const { port1, port2 } = new MessageChannel();
    await new Promise(requestAnimationFrame);
    await new Promise((done) => {
      port1.onmessage = done;
      port2.postMessage(0);
    });
    return performance.now();
  }

  /** Where a press is drawn at once: how long that took, and what was sent meanwhile. */
  function step() {
    arm();
    return new Promise((done) => {
      addEventListener(
        "keydown",
        async (event) => {
          const at = await drawn();
          const sent = noted.frames.filter((frame) => frame.kinds === null).length;
          done({ took: at - event.timeStamp, sent, changes: noted.changes });
        },
        { capture: true, once: true },
      );
    });
  }

  window.bench = { arm, rest, step };
})();
