/* Asks Python for the file, saves it when it has come, and says that it has. */

const PATIENCE = 20_000; // ms after which another press asks anew

function save({ file, filename, kind }) {
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: kind }));
  const link = document.createElement("a");
  link.href = address;
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

class Download {
  constructor(element) {
    this.button = element.querySelector("button");
    this.note = element.querySelector(".note");
    this.said = element.querySelector(".said");
    this.waiting = 0; // the press that is not answered yet
    this.button.onclick = () => this.press();
  }

  press() {
    if (this.waiting && Date.now() - this.waiting < PATIENCE) return;
    this.waiting = Date.now();
    this.say(this.data.making, true);
    this.tell("asked", this.waiting);
  }

  say(text, busy) {
    if (this.said.textContent !== text) this.said.textContent = text;
    this.button.setAttribute("aria-disabled", String(busy)); // not `disabled`, which loses the focus
  }

  receive(data) {
    this.data = data;
    if (this.button.textContent !== data.label) this.button.textContent = data.label;
    this.note.textContent = data.note;
    if (!this.waiting || data.press !== this.waiting || !(data.file || data.failed)) return;
    this.waiting = 0;
    this.say(data.failed ? "" : data.made, false);
    if (data.failed) return; // the page shows why
    save(data);
    this.tell("got", data.press);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".wce-download");
  const one = (element.wceDownload ??= new Download(element));
  one.tell = setStateValue;
  one.receive(data);
}
