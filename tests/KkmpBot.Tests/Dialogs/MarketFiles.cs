namespace KkmpBot.Tests.Dialogs;

/// <summary>The dialogs of <see cref="Market"/>.</summary>
internal static class MarketFiles
{
    public const string Interruptions = """
        cancel:  { words: [batal, cancel], then: end, say: "Baik, dibatalkan." }
        help:    { words: [bantuan], then: repeat, say: "Ketik batal, menu, saldo atau petugas." }
        menu:    { words: [menu], then: switch, to: menu }
        balance: { words: [saldo], then: detour, to: savings }
        officer: { words: [petugas], then: switch, to: handover }
        """;

    public const string Menu = """
        dialog: menu
        version: 1
        title: Menu
        starts_with: [halo]
        initial: show
        states:
          show: { say: "Ada yang bisa dibantu, {member.nickname}?", end: shown, offer: [order, savings] }
        """;

    public const string Savings = """
        dialog: savings
        version: 1
        title: Simpanan
        initial: show
        states:
          show: { say: "Simpanan {member.voluntary:rp}.", end: shown }
        """;

    public const string Handover = """
        dialog: handover
        version: 1
        title: Petugas koperasi
        opens: { human: {} }
        initial: request
        states:
          request: { do: handover.request, outcomes: { queued: queued } }
          queued: { say: "Petugas akan membalas di sini.", end: queued }
        """;

    public const string Order = """
        dialog: order
        version: 1
        title: "Pesan sembako"
        starts_with: [pesan, belanja]
        requires:
          - { guard: active_member, otherwise: not_member }
        expires_after: 2h
        memory: { product: product, quantity: quantity, cart: cart, payment: choice, order_no: text }
        initial: choose_product
        states:
          choose_product:
            ask: "Mau pesan apa, {member.nickname}?"
            choices: { from: catalog.in_stock, label: "{name}", detail: "{price:rp} / {unit}", empty: nothing_left }
            expect: { into: product, attempts: 3, give_up: call_officer }
            retry: "Belum ketemu. Pilih dari daftar, ya."
            next: choose_quantity
          choose_quantity:
            ask: "Berapa {product.unit}? Stok {product.stock}."
            expect: { into: quantity, min: 1, max: product.stock }
            next: price
          price:
            do: orders.price
            with: { product: product, quantity: quantity, kind: "'cash'" }
            into: cart
            outcomes:
              priced: confirm
              out_of_stock: { to: choose_product, say: "Maaf, stoknya baru habis." }
          confirm:
            ask: |
              {each cart.lines}• {name}, {quantity} kg: {subtotal:rp}{end}
              Jumlah {cart.total:rp}. Bayar pakai apa?
            choices:
              - { pick: voluntary, label: "Potong sukarela", when: member.voluntary >= cart.total }
              - { pick: cash, label: "Bayar tunai" }
              - { pick: change, label: "Ubah jumlah" }
            expect: { into: payment }
            next: [{ when: payment == change, to: choose_quantity }, { to: place }]
          place:
            do: orders.place
            with: { cart: cart }
            into: order_no
            outcomes: { placed: placed, refused: choose_product }
          call_officer: { do: handover.request, outcomes: { queued: handed_over } }
          placed: { say: "Pesanan {order_no} diterima.", end: done }
          handed_over: { say: "Petugas akan membalas di sini.", end: handed_over }
          nothing_left: { say: "Hari ini habis semua.", end: nothing_left, offer: [savings] }
          not_member: { say: "Bapak/Ibu belum menjadi anggota.", end: refused, offer: [savings] }
        """;

    public const string Phrases = """
        not_understood: "Maaf, belum paham."
        did_you_mean: "Maksudnya yang mana?"
        no_such_dialog: "Itu belum bisa di sini."
        which_one: "{first} atau {last}?"
        expired: "{title} tadi sudah lama tidak dijawab, jadi ditutup."
        resume_offer: "Lanjutkan {title}?"
        resume_yes: "Lanjutkan"
        resume_no: "Tidak usah"
        resume_forgotten: "Baik, {title} tidak dilanjutkan."
        dialog_changed: "{title} baru saja diperbarui. Kita mulai lagi, ya."
        dialog_gone: "Layanan itu sudah tidak ada."
        contact_linked: "Nomor sudah terhubung."
        stale_button: "Tombol itu sudah tidak berlaku."
        unreadable: "Maaf, saya hanya bisa membaca tulisan."
        unreadable_photo: "Maaf, saya belum bisa membaca foto."
        more: "Berikutnya"
        yes: "Ya"
        no: "Tidak"
        retry_range: "Tulis angka {min} sampai {max}."
        retry_min: "Paling sedikit {min}."
        retry_max: "Paling banyak {max}."
        retry_text: "Tulis dengan huruf, ya."
        retry_number: "Tulis dengan angka, ya."
        retry_quantity: "Tulis jumlahnya dengan angka, ya."
        retry_money: "Tulis jumlah rupiahnya, ya."
        retry_phone: "Nomornya belum benar."
        retry_nik: "NIK belum benar."
        retry_nip: "NIP belum benar."
        retry_date: "Tanggalnya belum benar."
        retry_choice: "Pilih salah satu, ya."
        retry_yes_no: "Jawab ya atau tidak."
        order_ready: "Pesanan {order_no} siap diambil: {total:rp}."
        """;
}
