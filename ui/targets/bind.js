/* The picture as a Streamlit component: called again on each run of the script, with the same element. */

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".wce-picture");
  const painting = (element.wcePainting ??= new Painting(element));
  painting.post = (painted) => setStateValue("painted", painted);
  speak(data);
  painting.receive(data);
  return () => {
    if (!element.isConnected) clearTimeout(painting.timer);
  };
}
