import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { backend, install, type Failure, type JobAsk, type JobEvent } from "../src/lib/backend";
import { fake } from "../src/lib/backend/fake";
import { project } from "../src/lib/backend/fixture/starters";
import AddressForm from "../src/lib/components/forms/AddressForm.svelte";
import { ADDRESS_CLONE } from "../src/lib/state/address-clone.svelte";
import { announcement } from "../src/lib/state/announce.svelte";
import { app } from "../src/lib/state/app.svelte";
import { letGo } from "../src/lib/state/held";
import { addressComplaint, isUnfinished, repositoryName } from "../src/lib/text/address";

const SHOP = "https://git.example/team/shop.git";

let asked: JobAsk[];
let tell: (event: JobEvent) => void;
let end: () => void;
let fail: (failure: Failure) => void;

beforeEach(async () => {
  asked = [];
  install(fake());
  await app.load();
  backend.job = (ask, on) => {
    asked.push(ask);
    tell = on;
    const done = new Promise<void>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    return { id: "job", done, cancel: async () => fail({ code: "cancelled", message: "", hint: "" }) };
  };
});

afterEach(() => {
  cleanup();
  letGo(ADDRESS_CLONE);
});

function field(label: string): HTMLInputElement {
  return screen.getByLabelText<HTMLInputElement>(label);
}

function type(label: string, value: string): Promise<boolean> {
  return fireEvent.input(field(label), { target: { value } });
}

async function press(name: string | RegExp): Promise<void> {
  const button = await screen.findByRole("button", { name });
  button.focus();
  await fireEvent.click(button);
}

describe("an address", () => {
  test.each([
    SHOP,
    "HTTPS://git.example:8443/shop",
    "ssh://git@git.example:22/team/shop",
    "git@git.example:team/shop.git",
    "git.example:shop",
    "http://127.0.0.1:8080/shop",
  ])("%s is one", (text) => {
    expect(addressComplaint(text)).toBeNull();
  });

  test.each([
    ["", /Write the address/],
    ["shop", /Write an address such as/],
    ["/srv/git/shop", /Write an address such as/],
    ["C:\\shop", /Write an address such as/],
    ["ext::sh -c x", /no spaces/],
    ["ext::https", /Write an address such as/],
    ["-u", /Write an address such as/],
    ["-oProxyCommand=x@git.example:a", /Write an address such as/],
    ["ssh://-oProxyCommand=x/a", /Write an address such as/],
    ["ftp://git.example/shop", /Nothing is cloned from ftp:/],
    ["https:///shop", /names no server/],
    ["https://git.example/", /the server git\.example and no repository/],
    ["git@git.example:", /the server git\.example and no repository/],
  ])("%s is none", (text, why) => {
    expect(addressComplaint(text)).toMatch(why);
  });

  test("is not wrong while the rest of it may come", () => {
    for (const text of [
      "",
      "h",
      "https:/",
      "https://git.exa",
      "ssh://git@",
      "git@git.example",
      "git@git.example:",
    ])
      expect(isUnfinished(text), text).toBe(true);
    for (const text of ["ftp://a", "/srv", "-u", "a b", "C:\\shop", SHOP])
      expect(isUnfinished(text), text).toBe(false);
  });

  test("names the folder by its last part", () => {
    expect(repositoryName(SHOP)).toBe("shop");
    expect(repositoryName("git@git.example:shop.git/")).toBe("shop");
    expect(repositoryName("https://git.example/team/shop?tab=code")).toBe("shop");
    expect(repositoryName("https://git.example")).toBe("");
  });
});

describe("a clone from a typed address", () => {
  test("asks where it goes once there is an address, and names the folder until the person does", async () => {
    render(AddressForm);
    expect(screen.queryByLabelText("Folder")).toBeNull();
    await type("Address of the repository", SHOP);
    expect(field("Folder").value).toBe("/home/ada/projects");
    expect(field("Name of the project's folder").value).toBe("shop");

    await type("Name of the project's folder", "mine");
    await type("Address of the repository", "git@git.example:team/other.git");

    expect(field("Name of the project's folder").value).toBe("mine");
  });

  test("says as typed that something is no address, and not before", async () => {
    render(AddressForm);
    await type("Address of the repository", "ft");
    expect(field("Address of the repository").getAttribute("aria-invalid")).toBe("false");
    await type("Address of the repository", "ftp://git.example");
    expect(screen.getByText(/Nothing is cloned from ftp:/)).toBeTruthy();

    await press("Clone repository");

    expect(asked).toEqual([]);
    await vi.waitFor(() => expect(document.activeElement).toBe(field("Address of the repository")));
  });

  test("shows how far it is, can be stopped, and tells where the project is", async () => {
    render(AddressForm);
    await type("Address of the repository", ` ${SHOP}`);
    await press("Clone repository");
    expect(asked).toEqual([
      { kind: "clone_address", address: SHOP, folder: "/home/ada/projects/shop", acceptHostKey: null },
    ]);
    await vi.waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe("Cancel"));
    await press("Cancel");
    await screen.findByText("Stopped. Nothing was left behind.");
    expect(announcement.text).toMatch(/^Stopped/);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Clone repository"));

    await press("Clone repository");
    tell({ type: "project", project: { ...project, name: "shop", shown: "~/projects/shop" } });
    end();
    await screen.findByText(/is ready in/);
    expect(announcement.text).toBe("shop is ready in ~/projects/shop");

    await press("Clone another one");
    expect(field("Address of the repository").value).toBe("");
  });

  test("goes on while another screen is read", async () => {
    const drawn = render(AddressForm);
    await type("Address of the repository", SHOP);
    await press("Clone repository");
    drawn.unmount();
    tell({ type: "progress", phase: "Receiving objects", fraction: 0.6, detail: "" });
    render(AddressForm);
    await screen.findByText("Receiving objects…");
  });

  test("that fails keeps what was typed, and a folder that is taken is told until another is named", async () => {
    render(AddressForm);
    await type("Address of the repository", SHOP);
    await press("Clone repository");
    fail({ code: "offline", message: "git.example cannot be reached.", hint: "" });
    await screen.findByText("git.example cannot be reached.");
    await press("Try again");
    const taken = "The folder shop is not empty.";
    fail({ code: "folder-not-empty", message: taken, hint: "" });
    expect(await screen.findAllByText(taken)).toHaveLength(2);
    await type("Name of the project's folder", "other");
    expect(screen.queryByText(taken)).toBeNull();
    expect(field("Address of the repository").value).toBe(SHOP);
  });

  test("trusts an unknown server only with the fingerprint that the person was shown", async () => {
    render(AddressForm);
    await type("Address of the repository", "git@git.example:team/shop.git");
    await press("Clone repository");
    tell({ type: "hostKey", host: "git.example", keyType: "ED25519", fingerprint: "SHA256:abc" });
    fail({ code: "failed", message: "git.example is not known.", hint: "" });
    await screen.findByText("Is this really git.example?");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Clone repository"));
    await press("It is the same: trust it and clone");
    expect(asked.at(-1)).toMatchObject({
      address: "git@git.example:team/shop.git",
      acceptHostKey: "SHA256:abc",
    });
  });
});
